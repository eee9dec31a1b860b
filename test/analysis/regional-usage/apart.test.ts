import { expect } from 'chai';
import * as fc from 'fast-check';
import type { UsageTotals } from '../../../node/analysis/regional-usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import { codeOf } from '../../support/code-of.ts';
import { aRegion, aSigned, NOW, use, type RegionFixture } from './a-region.ts';

const MONTHS = ['2026-08', '2026-09', '2026-10'];
/** Seven nodes of all sizes, each used some times a month and record. */
const sizes = new Map(
  [200, 900, 2_000, 5_000, 20_000, 60_000, 300_000].map((size) => [Identity.generate(), size]),
);
const honest = [...sizes].flatMap(([identity, records], i) =>
  MONTHS.map((month, m) => {
    const views = records * (2 + i) * (1 + m);
    const downloads = records * (1 + i);
    return aSigned(identity, { month, total: use(views, views, downloads) });
  }),
);
const [liar, other] = [Identity.generate(), Identity.generate()];
const aMonth = (identity: Identity, month: string, views: number, downloads = 0): SignedSummary =>
  aSigned(identity, { month, total: use(views, views, downloads) });

describe('usage out of all proportion', () => {
  let region: RegionFixture;
  beforeEach(async () => {
    region = await aRegion();
    for (const [{ node }, records] of sizes) region.records.set(node, records);
  });
  afterEach(() => region.close());

  async function totals(summaries: readonly SignedSummary[]): Promise<UsageTotals> {
    for (const summary of summaries) await region.usage.accept(summary);
    return await region.usage.totals({ by: 'month' });
  }
  const apartOf = ({ coverage }: UsageTotals): [string, string[]][] =>
    coverage.nodes.flatMap(({ node, months }): [string, string[]][] => {
      const apart = months.filter((month) => month.apart !== undefined).map(({ month }) => month);
      return apart.length === 0 ? [] : [[node, apart]];
    });

  it('is none among collections that are used more or less, large or small, new or old', async () => {
    expect((await totals(honest)).apart).to.deep.equal(use(0));
    // Of a new node with one famous record, and of one that nobody has used yet.
    const fresh = [aMonth(liar, '2026-10', 9_000, 8_000), aMonth(other, '2026-10', 0)];
    expect(apartOf(await totals(fresh))).to.deep.equal([]);
  });

  it('is kept apart month by month, by views as by downloads, and is in no other sum', async () => {
    const before = await totals(honest);
    const all = await totals([aMonth(liar, '2026-09', 60), aMonth(liar, '2026-10', 2_000_000, 10)]);
    expect(all.total.totalInvestigations).to.equal(before.total.totalInvestigations + 60);
    expect(all.apart).to.deep.equal(use(2_000_000, 2_000_000, 10));
    expect(apartOf(all)).to.deep.equal([[liar.node, ['2026-10']]]);
    expect(all.coverage).to.deep.include({ summaries: honest.length + 1, setApart: 1 });
    const told = all.coverage.nodes.find(({ node }) => node === liar.node);
    expect(told?.apart).to.deep.equal(use(2_000_000, 2_000_000, 10));
    const why = told?.months.at(-1)?.apart;
    if (why?.why !== 'out of proportion') throw new Error('it is not out of proportion');
    expect(why.furthest.usual).to.be.within(5, 20);
    for (const by of ['type', 'country', 'institution'] as const)
      expect((await region.usage.totals({ by })).total).to.deep.equal(all.total);
    const ofFiles = await totals([aMonth(other, '2026-08', 3e8, 3e8)]);
    expect(apartOf(ofFiles).map(([node]) => node)).to.have.members([liar.node, other.node]);
  });

  it('is not told of by a few nodes, unless no collection can be used so', async () => {
    const few = honest.slice(0, 3 * MONTHS.length);
    expect(apartOf(await totals([...few, aMonth(liar, '2026-09', 900_000)]))).to.deep.equal([]);
    const all = await totals([aMonth(liar, '2026-10', 9_000_000)]);
    const [month] = all.coverage.nodes.find(({ node }) => node === liar.node)?.months.slice(-1) ?? [];
    expect(month?.apart).to.deep.equal({
      why: 'out of proportion',
      furthest: { measure: 'totalInvestigations', perRecord: 90_000 },
    });
  });

  it('is found though a third of the nodes lie, and whoever floods months has one vote', async () => {
    const liars = [Identity.generate(), Identity.generate(), Identity.generate()];
    const flood = liars.flatMap((identity) =>
      Array.from({ length: 25 }, (_, i) => aMonth(identity, `${2_000 + i}-01`, 5_000_000)),
    );
    const all = await totals([...honest, ...flood]);
    expect(apartOf(all).map(([node]) => node)).to.have.members(liars.map(({ node }) => node));
  });

  it('is the same in whatever order the summaries come', async () => {
    const all = [...honest, aMonth(liar, '2026-10', 2_000_000), aMonth(other, '2026-10', 80_000)];
    const expected = await totals(all);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (some) => {
        const again = await aRegion();
        try {
          for (const [{ node }, records] of sizes) again.records.set(node, records);
          for (const summary of some) await again.usage.accept(summary);
          expect(await again.usage.totals({ by: 'month' })).to.deep.equal(expected);
        } finally {
          await again.close();
        }
      }),
      { seed: 7_004, numRuns: 5 },
    );
  });

  describe('and the operator', () => {
    const sums = async (): Promise<[number, number]> => {
      const { total, apart } = await region.usage.totals({ by: 'month' });
      return [total.totalInvestigations, apart.totalInvestigations];
    };
    const restate = (revision: number, views: number): Promise<unknown> =>
      region.usage.accept(aSigned(liar, { revision, total: use(views), time: NOW + revision }));
    beforeEach(() => restate(1, 3_000_000));

    it('accepts it, also over a restart, until it has doubled', async () => {
      expect(await sums()).to.deep.equal([0, 3_000_000]);
      await region.usage.decide(liar.node, 'accepted');
      expect(await sums()).to.deep.equal([3_000_000, 0]);
      await region.restart();
      await restate(2, 5_000_000);
      expect(await sums()).to.deep.equal([5_000_000, 0]);
      await restate(3, 7_000_000);
      expect(await sums()).to.deep.equal([0, 7_000_000]);
    });

    it('refuses it, and everything else that the node tells, works too', async () => {
      await region.usage.decide(liar.node, 'refused');
      await region.usage.accept(aSigned(liar, { month: '2026-09', total: use(5) }));
      expect(await sums()).to.deep.equal([0, 3_000_005]);
      const [node] = (await region.usage.coverage()).nodes;
      expect(node?.months.map(({ apart }) => apart)).to.deep.equal([{ why: 'refused' }, { why: 'refused' }]);
      await region.usage.decide(liar.node, 'accepted');
      expect(await sums()).to.deep.equal([3_000_005, 0]);
    });

    it('has nothing to say of a node that has told nothing', async () => {
      expect(await codeOf(region.usage.decide(Identity.generate().node, 'refused'))).to.equal(
        'USAGE_NODE_UNKNOWN',
      );
    });
  });
});
