import { expect } from 'chai';
import * as fc from 'fast-check';
import type { UsageTotals } from '../../../node/analysis/usage/index.ts';
import { totalsOf } from '../../../node/analysis/usage/totals.ts';
import { Identity } from '../../../node/identity/index.ts';
import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import { aSignedSummary, aUsage, codeOf, type UsageFixture } from './usage-fixture.ts';

const MONTHS = ['2026-08', '2026-09', '2026-10'];

function aSummary(node: string, month: string, investigations: number, requests = 0): SignedSummary {
  return { node, month, revision: 1, investigations, requests, time: 1, signature: new Uint8Array(64) };
}

/** Seven nodes of all sizes, each used some times a month and record. */
const sizes = new Map(
  [200, 900, 2_000, 5_000, 20_000, 60_000, 300_000].map((records, i) => [`n${i}`, records]),
);
const honest = [...sizes].flatMap(([node, records], i) =>
  MONTHS.map((month, m) => aSummary(node, month, records * (2 + i) * (1 + m), records * (1 + i))),
);
const recordsOf = (node: string): number => sizes.get(node) ?? 50;
const totals = (summaries: readonly SignedSummary[]): UsageTotals =>
  totalsOf(summaries, { recordsOf, decisions: new Map() });

describe('usage out of all proportion', () => {
  it('is none among collections that are used more or less, large or small, new or old', () => {
    expect(totals(honest).apart).to.deep.equal({ investigations: 0, requests: 0, nodes: [] });
    // Of a new node with one famous record, and of one that nobody has used yet.
    const fresh = [aSummary('new', '2026-10', 9_000, 8_000), aSummary('unused', '2026-10', 0)];
    expect(totals([...honest, ...fresh]).apart.nodes).to.deep.equal([]);
  });

  it('is kept apart month by month, by views as by downloads, and is in no other sum', () => {
    const liar = [aSummary('liar', '2026-09', 60), aSummary('liar', '2026-10', 2_000_000, 10)];
    const all = totals([...honest, ...liar]);
    expect(all.investigations).to.equal(totals(honest).investigations + 60);
    expect(all.apart).to.deep.include({ investigations: 2_000_000, requests: 10 });
    expect(all.apart.nodes[0]).to.deep.include({ node: 'liar', why: 'out of proportion' });
    expect(all.apart.nodes[0]?.furthest?.usual).to.be.within(5, 20);
    expect(all.coverage.summaries).to.equal(honest.length + 1);
    const ofFiles = totals([...honest, aSummary('n6', '2026-11', 3e8, 3e8)]);
    expect(ofFiles.apart.nodes.map(({ node, months }) => [node, months.length])).to.deep.equal([['n6', 1]]);
  });

  it('is not told of by a few nodes, unless no collection can be used so', () => {
    const few = honest.filter(({ node }) => node < 'n3');
    expect(totals([...few, aSummary('liar', '2026-10', 900_000)]).apart.nodes).to.deep.equal([]);
    const [apart] = totals([...few, aSummary('liar', '2026-10', 9_000_000)]).apart.nodes;
    expect(apart?.furthest).to.deep.equal({ measure: 'investigations', perRecord: 60_000 });
  });

  it('is found though a third of the nodes lie, and whoever floods months has one vote', () => {
    const liars = ['a', 'b', 'c'].flatMap((node) =>
      Array.from({ length: 60 }, (_, i) => aSummary(node, `${2_000 + i}-01`, 5_000_000)),
    );
    const { apart } = totals([...honest, ...liars]);
    expect(apart.nodes.map(({ node }) => node).sort()).to.deep.equal(['a', 'b', 'c']);
  });

  it('is the same in whatever order the summaries come', () => {
    const all = [...honest, aSummary('liar', '2026-10', 2_000_000), aSummary('other', '2026-10', 80_000)];
    const told = (summaries: readonly SignedSummary[]): unknown => {
      const { investigations, requests, months, apart } = totals(summaries);
      const nodes = apart.nodes.map(({ node, furthest }) => ({ node, furthest }));
      return { investigations, requests, months, nodes: nodes.sort((a, b) => (a.node < b.node ? -1 : 1)) };
    };
    const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
    fc.assert(
      fc.property(shuffled, (some) => {
        expect(told(some)).to.deep.equal(told(all));
      }),
      { seed: 7_004, numRuns: 50 },
    );
  });

  describe('and the operator', () => {
    let fixture: UsageFixture;
    const liar = Identity.generate();
    beforeEach(async () => {
      fixture = await aUsage();
      await fixture.hit();
      await fixture.usage.accept(await aSignedSummary(liar, { investigations: 3_000_000, requests: 0 }));
    });
    afterEach(() => fixture.close());

    const sums = async (): Promise<[number, number]> => {
      const { investigations, apart } = await fixture.usage.totals();
      return [investigations, apart.investigations];
    };
    const restate = async (revision: number, investigations: number): Promise<unknown> =>
      fixture.usage.accept(await aSignedSummary(liar, { revision, investigations, requests: 0 }));

    it('accepts it, also over a restart, until it has doubled', async () => {
      expect(await sums()).to.deep.equal([1, 3_000_000]);
      await fixture.usage.decide(liar.node, 'accepted');
      expect(await sums()).to.deep.equal([3_000_001, 0]);
      await fixture.restart();
      await restate(2, 5_000_000);
      expect(await sums()).to.deep.equal([5_000_001, 0]);
      await restate(3, 7_000_000);
      expect(await sums()).to.deep.equal([1, 7_000_000]);
    });

    it('refuses it, and everything else that the node tells', async () => {
      await fixture.usage.decide(liar.node, 'refused');
      await fixture.usage.accept(
        await aSignedSummary(liar, { month: '2026-10', investigations: 5, requests: 0 }),
      );
      expect(await sums()).to.deep.equal([1, 3_000_005]);
      expect((await fixture.usage.totals()).apart.nodes[0]).to.include({ why: 'refused' });
      await fixture.usage.decide(liar.node, 'accepted');
      expect(await sums()).to.deep.equal([3_000_006, 0]);
    });

    it('has nothing to say of a node that has told nothing', async () => {
      expect(await codeOf(fixture.usage.decide(Identity.generate().node, 'refused'))).to.equal(
        'USAGE_NODE_UNKNOWN',
      );
    });
  });
});
