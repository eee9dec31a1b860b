import { expect } from 'chai';
import * as fc from 'fast-check';
import type { UsageTotals } from '../../../node/analysis/regional-usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import { all } from '../../support/all.ts';
import { codeOf } from '../../support/code-of.ts';
import {
  aRegion,
  aSigned,
  aSignedWithWorks,
  NOW,
  use,
  type NamedItem,
  type RegionFixture,
} from './a-region.ts';

const [one, two] = [Identity.generate(), Identity.generate()];

describe('the summaries of other nodes', () => {
  let region: RegionFixture;
  beforeEach(async () => {
    region = await aRegion();
  });
  afterEach(() => region.close());

  it('are kept, and replaced by a higher revision only', async () => {
    const [first, second, third] = [1, 2, 3].map((revision) =>
      aSigned(one, { revision, total: use(revision * 10), time: NOW + revision }),
    ) as [SignedSummary, SignedSummary, SignedSummary];
    expect(await region.usage.accept(second)).to.equal('new');
    expect(await region.usage.accept(second)).to.equal('known');
    expect(await region.usage.accept(first)).to.equal('known');
    expect(await region.usage.accept(third)).to.equal('new');
    expect(await all(region.usage.summaries())).to.deep.equal([third]);
    expect((await region.usage.totals({ by: 'month' })).total).to.deep.equal(use(30));
    await region.restart();
    expect(await all(region.usage.summaries())).to.deep.equal([third]);
    expect((await region.usage.totals({ by: 'month' })).total).to.deep.equal(use(30));
  });

  it('are refused where they are not what they say, and the totals are unharmed', async () => {
    const good = aSigned(one, { revision: 3 });
    await region.usage.accept(good);
    region.owners.set('b'.repeat(20), two.node);
    const top = [{ key: 'b'.repeat(20), title: '', investigations: 1, requests: 0 }];
    const cases: [string, SignedSummary][] = [
      ['USAGE_BAD_SIGNATURE', { ...good, revision: 4, total: use(1_000) }],
      ['USAGE_BAD_SIGNATURE', { ...good, node: two.node }],
      ['USAGE_BAD_SIGNATURE', { ...good, node: region.identity.node }],
      ['USAGE_BAD_SIGNATURE', { ...good, revision: 4, signature: new Uint8Array(64) }],
      ['USAGE_FUTURE_MONTH', aSigned(one, { month: '2026-12', revision: 4 })],
      ['USAGE_FOREIGN_ITEMS', aSigned(one, { revision: 4, top })],
      ['USAGE_REVISION_DOWN', aSigned(one, { revision: 2, time: NOW + 1 })],
    ];
    const before = await region.usage.totals({ by: 'institution' });
    for (const [code, summary] of cases) expect(await codeOf(region.usage.accept(summary))).to.equal(code);
    expect(await region.usage.totals({ by: 'institution' })).to.deep.equal(before);
    expect(await region.usage.accept(aSigned(two, { top }))).to.equal('new');
  });

  it('give the same totals however they come: lost, repeated, in any order (DESIGN 6.3, 6.4)', async () => {
    const pool = [one, two].flatMap((identity) =>
      ['2026-09', '2026-10'].flatMap((month) =>
        [1, 2, 3].flatMap((revision) =>
          // Of each revision two: a node that was restored from a copy may sign one twice.
          [0, 1].map((twin) =>
            aSigned(identity, {
              month,
              revision,
              total: use(100 * revision + twin),
              time: 1_000 * revision + twin,
            }),
          ),
        ),
      ),
    );
    const received = fc.array(fc.constantFrom(...pool), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(received, fc.infiniteStream(fc.nat()), async (some, random) => {
        const again = [...some, ...some.slice(0, 5)].sort(() => (random.next().value % 2 === 0 ? 1 : -1));
        const [once, twice] = [await after(some), await after(again)];
        expect(once.totals).to.deep.equal(twice.totals);
        expect(once.marks).to.have.deep.members(twice.marks);
      }),
      { numRuns: 15, seed: 7_003 },
    );
  });

  it('are handed to others as far as they lack them', async () => {
    const summaries = ['2026-08', '2026-09', '2026-10'].map((month) => aSigned(one, { month, revision: 2 }));
    for (const summary of summaries) await region.usage.accept(summary);
    const other = await aRegion();
    try {
      await other.usage.accept(aSigned(one, { month: '2026-08', revision: 3, time: NOW + 1 }));
      await other.usage.accept(aSigned(one, { month: '2026-09', revision: 1, time: NOW - 1 }));
      const lacking = async (
        states: ReadonlyMap<string, { revision: number; mark: string }>,
      ): Promise<number> => (await all(region.usage.lackingIn(one.node, states))).length;
      expect(await lacking(other.usage.statesOf(one.node))).to.equal(2);
      expect(await lacking(region.usage.statesOf(one.node))).to.equal(0);
      expect(await lacking(new Map())).to.equal(3);
      expect(await all(region.usage.lackingIn(two.node, new Map()))).to.deep.equal([]);
      expect(region.usage.marks().get(one.node)).to.match(/^[0-9a-f]{16}$/);
      expect(region.usage.marks().get(one.node)).not.to.equal(other.usage.marks().get(one.node));
    } finally {
      await other.close();
    }
  });

  describe('with their works', () => {
    const items: NamedItem[] = [
      [['record:a', 'doi:10.1/a', 'handle:1/a'], use(5, 4, 3, 2)],
      [['record:b', 'doi:10.1/b'], use(2, 1, 1, 1)],
    ];

    async function accept(
      identity: Identity,
      parts: Parameters<typeof aSignedWithWorks>[2] = {},
      of = items,
    ): Promise<ReturnType<typeof aSignedWithWorks>> {
      const made = aSignedWithWorks(identity, of, parts);
      await region.usage.accept(made.summary);
      return made;
    }

    it('tell of a work in all repositories, of an item once, by month and by node', async () => {
      region.nodes.set(one.node, { name: 'Uno', networks: [] });
      for (const [identity, month] of [
        [one, '2026-09'],
        [one, '2026-10'],
        [two, '2026-10'],
      ] as const) {
        const { name, pages } = await accept(identity, { month });
        expect(await region.usage.acceptWorks(name, pages)).to.equal(true);
      }
      const names = ['doi:10.1/a', 'handle:1/a', 'record:a', 'doi:10.9/other'];
      const work = await region.usage.work(names);
      expect(work.metrics).to.deep.equal(use(15, 12, 9, 6));
      expect(work.coverage).to.deep.equal({ searched: 3, missing: 0 });
      expect(work.nodes.map(({ name, months }) => [name, months.map(({ month }) => month)])).to.deep.equal([
        ['Uno', ['2026-09', '2026-10']],
        [`…${two.node.slice(-8)}`, ['2026-10']],
      ]);
      const october = await region.usage.work(names, { from: '2026-10', to: '2026-10' });
      expect(october.metrics).to.deep.equal(use(10, 8, 6, 4));
      expect((await region.usage.work(['doi:10.9/other'])).nodes).to.deep.equal([]);
      const both = await region.usage.work(['doi:10.1/a', 'doi:10.1/b'], { to: '2026-09' });
      expect(both.metrics).to.deep.equal(use(7, 5, 4, 3));
      expect((await all(region.usage.works(one.node, '2026-10'))).flat()).to.have.length(5);
      await region.restart();
      expect((await region.usage.work(names)).metrics).to.deep.equal(use(15, 12, 9, 6));
    });

    it('are counted in place of those of a former revision, never beside them', async () => {
      const first = await accept(one, { isFinal: false });
      await region.usage.acceptWorks(first.name, first.pages);
      const second = await accept(one, { revision: 2, time: NOW + 1 }, [
        [['record:a', 'doi:10.1/a'], use(9, 9, 9, 9)],
      ]);
      // Those of an open month may be of the day before; it is said of which revision they are.
      const [former] = (await region.usage.work(['doi:10.1/a'])).nodes;
      expect(former?.months).to.deep.equal([{ month: '2026-10', metrics: use(5, 4, 3, 2), revision: 1 }]);
      expect((await region.usage.coverage()).nodes[0]?.months[0]?.works).to.deep.equal({
        count: 1,
        held: 'former',
      });
      expect(region.usage.wantedWorks()).to.deep.equal([]);
      region.clock.advance(25 * 60 * 60_000);
      expect(region.usage.wantedWorks().map(({ digest }) => digest)).to.deep.equal([second.name.digest]);
      await region.usage.acceptWorks(second.name, second.pages);
      expect((await region.usage.work(['doi:10.1/a'])).metrics).to.deep.equal(use(9, 9, 9, 9));
      expect((await region.usage.work(['doi:10.1/b', 'handle:1/a'])).nodes).to.deep.equal([]);
      expect(await region.usage.acceptWorks(first.name, first.pages)).to.equal(false);
    });

    it('are wanted of the latest months first, of final ones at once, and of this node never', async () => {
      await accept(one, { month: '2026-08', isFinal: true });
      await accept(one, { month: '2026-10' });
      await accept(two, { month: '2026-09' });
      region.own.add('2026-10', 'a'.repeat(20));
      await region.usage.state();
      await region.usage.accept(aSigned(one, { month: '2026-07' }));
      expect(region.usage.wantedWorks().map(({ month }) => month)).to.deep.equal([
        '2026-10',
        '2026-09',
        '2026-08',
      ]);
      expect((await region.usage.work(['doi:10.1/a'])).coverage).to.deep.equal({ searched: 1, missing: 3 });
    });

    it('are not wanted where they tell of more items than the node has records, until those have come', async () => {
      const works = { count: 5_000, bytes: 100_000, digest: new Uint8Array(32) };
      await region.usage.accept(aSigned(one, { works }));
      expect(region.usage.wantedWorks()).to.deep.equal([]);
      region.records.set(one.node, 2_000);
      expect(region.usage.wantedWorks()).to.have.length(1);
    });

    it('are refused where they are others, and where they exceed what was signed', async () => {
      const { name, pages } = await accept(one);
      expect(await codeOf(region.usage.acceptWorks(name, pages.with(0, Uint8Array.of(1))))).to.equal(
        'USAGE_WORKS_ALTERED',
      );
      const liar = await accept(two, { total: use(6, 5, 4, 3) });
      expect(await codeOf(region.usage.acceptWorks(liar.name, liar.pages))).to.equal('USAGE_WORKS_EXCEED');
      expect((await region.usage.work(['doi:10.1/a'])).nodes).to.deep.equal([]);
    });

    it('are given out page by page, by their digest', async () => {
      const many: NamedItem[] = Array.from({ length: 400 }, (_, i) => [[`record:${i}`], use(1)]);
      const { name, pages } = await accept(one, {}, many);
      expect(await region.usage.worksPages(name, 0, 1_000)).to.equal(undefined);
      await region.usage.acceptWorks(name, pages);
      const got: Uint8Array[] = [];
      while (got.length < 256) {
        const some = (await region.usage.worksPages(name, got.length, 1_000)) ?? [];
        expect(some.length).to.be.greaterThan(0);
        expect(some.reduce((sum, { length }) => sum + length, 0)).to.be.at.most(1_000);
        got.push(...some);
      }
      expect(got.map((page) => [...page])).to.deep.equal(pages.map((page) => [...page]));
      expect(await region.usage.worksPages({ ...name, digest: '0'.repeat(64) }, 0, 1_000)).to.equal(
        undefined,
      );
    });

    it('are forgotten with all that the node has told', async () => {
      const { name, pages } = await accept(one);
      await region.usage.acceptWorks(name, pages);
      await accept(two);
      await region.usage.forget(one.node);
      expect((await all(region.usage.summaries())).map(({ node }) => node)).to.deep.equal([two.node]);
      expect((await region.usage.work(['doi:10.1/a'])).nodes).to.deep.equal([]);
      const rows = await region.store.section('regional-usage').keys().all();
      expect(rows.filter((key) => key.includes(one.node))).to.deep.equal([]);
      await region.restart();
      expect([...region.usage.marks().keys()]).to.deep.equal([two.node]);
    });
  });
});

async function after(
  summaries: readonly SignedSummary[],
): Promise<{ totals: UsageTotals; marks: [string, string][] }> {
  const region = await aRegion();
  try {
    for (const summary of summaries) await region.usage.accept(summary);
    return { totals: await region.usage.totals({ by: 'month' }), marks: [...region.usage.marks()] };
  } finally {
    await region.close();
  }
}
