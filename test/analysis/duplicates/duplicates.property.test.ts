import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { joins, profileOf } from '../../../vocab/same-work/index.ts';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aHolding, DrivenDuplicates, keyOf, type Step } from './driven-duplicates.ts';

/** Small, so that a dozen records get over them and back. */
const LIMITS = { block: 3, work: 4 };
const RECORDS = 12;

const descriptions: fc.Arbitrary<Partial<HarvestedRecord>> = fc
  .record({
    title: fc.constantFrom(
      'Open repositories and their networks',
      'Open repositories and their networks: a study',
      'OPEN REPOSITORIES, and their networks',
      'Harvesting metadata at scale',
      'Editorial',
    ),
    author: fc.constantFrom('Knoth', 'Pontika'),
    published: fc.constantFrom('2015', '2016'),
    dois: fc.subarray(['10.1/a', '10.1/b', '10.1/c', '10.1/d'], { maxLength: 2 }),
    publishedDoi: fc.constantFrom(undefined, undefined, '10.1/a', '10.1/e'),
  })
  .map(({ title, author, published, dois, publishedDoi }) => ({
    titles: [{ value: title }],
    creators: [{ name: author, family: author, kind: 'person' }],
    published,
    identifiers: dois.map((value) => ({ scheme: 'doi', value })),
    ...(publishedDoi === undefined ? {} : { publishedDoi }),
  }));

const step: fc.Arbitrary<Step> = fc.record({
  n: fc.nat(RECORDS - 1),
  to: fc.oneof(
    { weight: 6, arbitrary: descriptions },
    { weight: 1, arbitrary: fc.constant<'withdrawn'>('withdrawn') },
    { weight: 1, arbitrary: fc.constant<'dropped'>('dropped') },
  ),
});

/** A way to a set of records: detours first, then each record as it is in the end, in any order, cut into batches. */
interface History {
  detours: Step[];
  order: number[];
  cuts: number[];
  restarts: boolean[];
}

const history: fc.Arbitrary<History> = fc.record({
  detours: fc.array(step, { maxLength: 25 }),
  order: fc.shuffledSubarray([...Array(RECORDS).keys()], { minLength: RECORDS }),
  cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }),
  restarts: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
});

const finalSet = fc
  .array(step, { minLength: RECORDS, maxLength: RECORDS })
  .map((steps) => steps.map(({ to }, n): Step => ({ n, to })));

describe('duplicates: whatever the way, the same records give the same works (DESIGN 6.2)', () => {
  let directory: string;
  let store: Store;
  let sections = 0;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(directory);
  });
  after(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  const aDriven = async (): Promise<DrivenDuplicates> => {
    const section = store.section(`duplicates-${++sections}`);
    await section.open();
    return await DrivenDuplicates.over(section, LIMITS);
  };

  async function follow(
    { detours, order, cuts, restarts }: History,
    final: Step[],
  ): Promise<DrivenDuplicates> {
    const driven = await aDriven();
    const steps = [...detours, ...order.map((n): Step => final[n] ?? { n, to: 'dropped' })];
    for (let at = 0, batch = 0; at < steps.length; batch++) {
      const size = cuts[batch] ?? 1;
      await driven.apply(steps.slice(at, at + size));
      if (restarts[batch]) await driven.restart();
      at += size;
    }
    return driven;
  }

  it('two nodes with different histories agree, on works, ids and counts, and with a naive computation', async () => {
    await fc.assert(
      fc.asyncProperty(finalSet, history, history, async (final, one, other) => {
        const a = await follow(one, final);
        const b = await follow(other, final);
        const expected = naiveWorks(final);
        expect(await a.works()).to.deep.equal(expected.clusters);
        expect(await b.works()).to.deep.equal(expected.clusters);
        expect(a.reader.counts()).to.deep.equal(expected.counts);
        expect(b.reader.counts()).to.deep.equal(expected.counts);
        for (const n of Array(RECORDS).keys())
          expect(await a.reader.workOf(keyOf(n))).to.equal(expected.workOf.get(keyOf(n)));
      }),
      { numRuns: 150, seed: 6_002 },
    );
  });

  it('nothing is left on disk when everything has gone', async () => {
    await fc.assert(
      fc.asyncProperty(finalSet, history, async (final, way) => {
        const driven = await follow(way, final);
        await driven.apply([...Array(RECORDS).keys()].map((n): Step => ({ n, to: 'dropped' })));
        const left = (await driven.section.keys().all()).filter((key) => key !== 'n');
        expect(left).to.deep.equal([]);
        expect(driven.reader.counts()).to.deep.equal({ works: 0, clusters: 0 });
      }),
      { numRuns: 30, seed: 6_003 },
    );
  });
});

/** Every record against every other, with the whole set at hand. */
function naiveWorks(final: readonly Step[]): {
  clusters: { id: string; members: string[] }[];
  counts: { works: number; clusters: number };
  workOf: Map<string, string>;
} {
  const profiles = final.flatMap(({ n, to }) => {
    const holding = to === 'dropped' ? undefined : aHolding(n, to);
    return holding === undefined || isTombstone(holding)
      ? []
      : [{ key: keyOf(n), profile: profileOf(holding) }];
  });
  const sizes = new Map<string, number>();
  for (const { profile } of profiles)
    for (const block of profile.keys.keys()) sizes.set(block, (sizes.get(block) ?? 0) + 1);
  let groups = profiles.map(({ key }) => new Set([key]));
  for (const a of profiles) {
    for (const b of profiles) {
      const blocks = [...a.profile.keys.keys()].filter((block) => (sizes.get(block) ?? 0) <= LIMITS.block);
      if (a === b || !blocks.some((block) => joins(block, a.profile, b.profile))) continue;
      const merged = groups.filter((group) => group.has(a.key) || group.has(b.key));
      groups = [
        ...groups.filter((group) => !merged.includes(group)),
        new Set(merged.flatMap((group) => [...group])),
      ];
    }
  }
  const works = groups
    .flatMap((group) => (group.size > LIMITS.work ? [...group].map((key) => [key]) : [[...group].sort()]))
    .map((members) => ({ id: `w${members[0]}`, members }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const clusters = works.filter(({ members }) => members.length > 1);
  return {
    clusters,
    counts: { works: works.length, clusters: clusters.length },
    workOf: new Map(works.flatMap(({ id, members }) => members.map((member) => [member, id]))),
  };
}
