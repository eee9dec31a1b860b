import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  defaultBits,
  judge,
  NEEDED_BITS,
  workProfile,
  type IsHeading,
  type WorkProfile,
} from '../../../vocab/same-work/index.ts';
import { isSure } from '../../../node/analysis/duplicates/block-id.ts';
import { blocksOf, titleBlockOf } from '../../../node/analysis/duplicates/blocking.ts';
import { worksAmong } from '../../../node/analysis/duplicates/clustering.ts';
import { placeOf } from '../../../node/analysis/duplicates/entry.ts';
import { mayBeOneWork } from '../../../node/analysis/duplicates/outline.ts';
import { refined } from '../../../node/analysis/duplicates/refinement.ts';
import type { Says, Statements } from '../../../node/analysis/duplicates/index.ts';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aHolding, DrivenDuplicates, keyOf, type Step } from './driven-duplicates.ts';

/** Small, so that a dozen records get over them and back. */
const LIMITS = { block: 3, component: 5 };
const RECORDS = 12;

const descriptions: fc.Arbitrary<Partial<HarvestedRecord>> = fc
  .record({
    title: fc.constantFrom(
      'Open repositories and their networks',
      'Open repositories and their networks: a study',
      'Open repositroies and their networks',
      'Open repositories and their networks: part 2',
      'OPEN REPOSITORIES, and their networks',
      'Harvesting metadata at scale',
      'Editorial',
    ),
    authors: fc.subarray(['Knoth, Petr', 'Pontika, Nancy', 'Zdrahal, Z.', 'Li, Wei'], { minLength: 1 }),
    published: fc.constantFrom('2013', '2014', '2015', '2016'),
    dois: fc.subarray(['10.1/a', '10.1/b', '10.1/c', '10.1/d'], { maxLength: 2 }),
    publishedDoi: fc.constantFrom(undefined, undefined, '10.1/a', '10.1/e'),
  })
  .map(({ title, authors, published, dois, publishedDoi }) => ({
    titles: [{ value: title }],
    creators: authors.map((name) => ({ name, kind: 'person' })),
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

  const aDriven = async (statements: Statements): Promise<DrivenDuplicates> => {
    const section = store.section(`duplicates-${++sections}`);
    await section.open();
    return await DrivenDuplicates.over(section, { limits: LIMITS, statements });
  };

  async function follow(
    { detours, order, cuts, restarts }: History,
    final: Step[],
    said: readonly Said[] = [],
  ): Promise<DrivenDuplicates> {
    const driven = await aDriven(saying(said));
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
      fc.asyncProperty(finalSet, statements, history, history, async (final, said, one, other) => {
        const a = await follow(one, final, said);
        const b = await follow(other, final, said);
        const expected = naiveWorks(final, said);
        expect(await a.works()).to.deep.equal(expected.clusters);
        expect(await b.works()).to.deep.equal(expected.clusters);
        expect(a.reader.counts()).to.deep.equal(expected.counts);
        expect(b.reader.counts()).to.deep.equal(expected.counts);
        for (const n of Array(RECORDS).keys())
          expect(await a.reader.workOf(keyOf(n))).to.equal(expected.workOf.get(keyOf(n)));
        expect(await onDisk(a)).to.deep.equal(await onDisk(b));
      }),
      { numRuns: 60, seed: 6_002 },
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
      { numRuns: 20, seed: 6_003 },
    );
  });
});

/** Everything that is kept, by its key; what is kept by the number of a record, which every node gives in its own way, by its key. */
async function onDisk({ section }: DrivenDuplicates): Promise<[string, string][]> {
  const rows = await section.iterator().all();
  const keys = new Map<string, string>();
  for (const [name, value] of rows)
    if (name.startsWith('k!')) keys.set(name.slice(2), Buffer.from(value).toString('latin1', 0, 20));
  const named = rows.map(([name, value]): [string, string] => {
    const isNumbered = name.startsWith('k!') || name.startsWith('r!');
    const key = isNumbered ? `${name.slice(0, 2)}${keys.get(name.slice(2))}` : name;
    return [key, Buffer.from(value).toString('latin1')];
  });
  return named.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the manager says of two records, by their numbers. */
type Said = [number, number, Says];

const statements = fc
  .uniqueArray(
    fc.tuple(fc.nat(RECORDS - 1), fc.nat(RECORDS - 1), fc.constantFrom<Says>('same', 'different')),
    {
      maxLength: 3,
      selector: ([a, b]) => Math.min(a, b) * RECORDS + Math.max(a, b),
    },
  )
  .map((said) => said.filter(([a, b]) => a !== b));

function saying(said: readonly Said[]): Statements {
  return {
    records: () => said.flatMap(([a, b]) => [keyOf(a), keyOf(b)]),
    onChange: () => () => undefined,
    of: async (record) =>
      said.flatMap(([a, b, says]) => {
        if (keyOf(a) === record) return [{ other: keyOf(b), says }];
        return keyOf(b) === record ? [{ other: keyOf(a), says }] : [];
      }),
  };
}

/** Every record against every other, with the whole set at hand; so few pairs leave the shipped weights as they are. */
function naiveWorks(
  final: readonly Step[],
  said: readonly Said[],
): {
  clusters: { id: string; members: string[] }[];
  counts: { works: number; clusters: number };
  workOf: Map<string, string>;
} {
  const profiles = new Map<string, WorkProfile>();
  for (const { n, to } of final) {
    const holding = to === 'dropped' ? undefined : aHolding(n, to);
    if (holding !== undefined && !isTombstone(holding)) profiles.set(keyOf(n), workProfile(holding));
  }
  const keys = [...profiles.keys()].sort();
  const stated = new Map<string, Says>();
  for (const [a, b, says] of said)
    for (const pair of [keyOf(a) + keyOf(b), keyOf(b) + keyOf(a)]) stated.set(pair, says);
  const candidates = candidatePairs(profiles);
  const isHeading = headingsAmong(profiles);
  const links = new Map<string, Map<string, number>>();
  for (const a of keys)
    for (const b of keys) {
      const [one, other] = [profiles.get(a), profiles.get(b)];
      if (a >= b || one === undefined || other === undefined) continue;
      const { bits, vetoes } = judge(one, other, isHeading);
      const says = stated.get(a + b);
      const isLinked =
        says === undefined
          ? candidates.has(a + b) && vetoes.length === 0 && bits >= NEEDED_BITS
          : says === 'same';
      if (!isLinked) continue;
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const)
        links.set(from, new Map([...(links.get(from) ?? []), [to, says === 'same' ? 1_000 : bits]]));
    }
  const works: string[][] = [];
  const done = new Set<string>();
  for (const key of keys) {
    if (done.has(key)) continue;
    const reached = new Set([key]);
    for (const record of reached) for (const other of links.get(record)?.keys() ?? []) reached.add(other);
    for (const record of reached) done.add(record);
    const members = [...reached].sort();
    if (members.length > LIMITS.component) works.push(...members.map((member) => [member]));
    else
      works.push(
        ...worksAmong(members, {
          linksOf: (record) => links.get(record),
          areSaidApart: (a, b) => stated.get(a + b) === 'different',
          areApart: (a, b) => {
            const [one, other] = [profiles.get(a), profiles.get(b)];
            if (one === undefined || other === undefined) return true;
            const { pattern, vetoes } = judge(one, other, isHeading);
            return vetoes.length > 0 || defaultBits(pattern) < NEEDED_BITS - 1;
          },
        }),
      );
  }
  const named = works
    .map((members) => ({ id: `w${members[0]}`, members }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const clusters = named.filter(({ members }) => members.length > 1);
  return {
    clusters,
    counts: { works: named.length, clusters: clusters.length },
    workOf: new Map(named.flatMap(({ id, members }) => members.map((member) => [member, id]))),
  };
}

/** Titles under which, whole or before a subtitle, four first authors and four years stand. */
function headingsAmong(profiles: ReadonlyMap<string, WorkProfile>): IsHeading {
  return (title) => {
    const holders = [...profiles.values()].filter((profile) =>
      blocksOf(profile).includes(titleBlockOf(title)),
    );
    const years = new Set(holders.flatMap(({ year }) => year ?? []));
    const authors = new Set(holders.flatMap(({ authors: { names } }) => names[0]?.family ?? []));
    return years.size >= 4 && authors.size >= 4;
  };
}

/** The pairs that meet in a block of no more than so many, or in one of the blocks that a larger one is refined into, and are worth comparing. */
function candidatePairs(profiles: ReadonlyMap<string, WorkProfile>): Set<string> {
  const pairs = new Set<string>();
  const places = new Map(Array.from(profiles, ([key, profile]) => [key, placeOf(profile)]));
  let blocks = new Map<number, string[]>();
  const put = (into: Map<number, string[]>, block: number, key: string): void =>
    void into.set(block, [...(into.get(block) ?? []), key]);
  for (const [key, place] of places) for (const block of place.blocks) put(blocks, block, key);
  const areWorthIt = (block: number, a: string, b: string): boolean => {
    const [one, other] = [places.get(a)?.outline, places.get(b)?.outline];
    return isSure(block) || (one !== undefined && other !== undefined && mayBeOneWork(one, other));
  };
  while (blocks.size > 0) {
    const parts = new Map<number, string[]>();
    for (const [block, members] of blocks) {
      if (members.length <= LIMITS.block) {
        for (const a of members)
          for (const b of members) if (a !== b && areWorthIt(block, a, b)) pairs.add(a + b);
        continue;
      }
      for (const key of members) {
        const outline = places.get(key)?.outline;
        if (outline !== undefined) for (const part of refined(block, outline)) put(parts, part, key);
      }
    }
    blocks = parts;
  }
  return pairs;
}
