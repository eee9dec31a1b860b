import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import type { Identifier, Reference } from '../../../vocab/record.ts';
import { DrivenCitations, keyOf, type Held } from './driven-citations.ts';

const RECORDS = 9;
const TITLES = [
  'Open repositories and their networks',
  'Open repositories and their networks: a study',
  'OPEN REPOSITORIES, and their networks',
  'Harvesting metadata at scale',
  'Editorial',
];
const YEARS = ['2015', '2016', '2017'];
const DOIS = ['10.1/a', '10.1/b', '10.1/c'];

const doi = (value: string): Identifier => ({ scheme: 'doi', value });

const reference: fc.Arbitrary<Reference> = fc
  .record({
    title: fc.constantFrom(...TITLES),
    year: fc.constantFrom(...YEARS),
    author: fc.constantFrom('Knoth, P.', 'Pontika, N.'),
    identifier: fc.constantFrom(undefined, undefined, ...DOIS),
  })
  .map(({ title, year, author, identifier }) => ({
    text: `${author} (${year}). ${title}. Journal 3.`,
    title,
    year,
    ...(identifier !== undefined && { identifier: doi(identifier) }),
  }));

const description: fc.Arbitrary<Partial<HarvestedRecord>> = fc
  .record({
    title: fc.constantFrom(...TITLES),
    author: fc.constantFrom('Knoth', 'Pontika'),
    published: fc.constantFrom(...YEARS),
    dois: fc.subarray(DOIS, { maxLength: 1 }),
    references: fc.array(reference, { maxLength: 4 }),
    relation: fc.constantFrom(undefined, 'references' as const, 'isReferencedBy' as const),
    target: fc.constantFrom(...DOIS),
  })
  .map(({ title, author, published, dois, references, relation, target }) => ({
    titles: [{ value: title }],
    creators: [{ name: author, family: author, kind: 'person' }],
    published,
    identifiers: dois.map(doi),
    references,
    relations: relation === undefined ? [] : [{ kind: relation, target: doi(target) }],
  }));

const held: fc.Arbitrary<Held> = fc.oneof(
  { weight: 6, arbitrary: description },
  { weight: 1, arbitrary: fc.constant<Held>('withdrawn') },
  { weight: 1, arbitrary: fc.constant<Held>('dropped') },
);

/** A way to a set of records: detours first, then each record as it is in the end, in any order, cut into batches. */
const history = fc.record({
  detours: fc.array(fc.tuple(fc.nat(RECORDS - 1), held), { maxLength: 15 }),
  order: fc.shuffledSubarray([...Array(RECORDS).keys()], { minLength: RECORDS }),
  cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 30, maxLength: 30 }),
});

describe('the graph of citations', () => {
  let directory: string;
  let store: Store;
  let number = 0;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-citations-'));
    store = await openStore(directory);
  });

  after(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  const aGraph = (): Promise<DrivenCitations> => DrivenCitations.over(store.section(`graph-${++number}`));

  it('is the same for the same records, in whatever order and by whatever detours they came', async () => {
    const records = fc.array(held, { minLength: RECORDS, maxLength: RECORDS });
    await fc.assert(
      fc.asyncProperty(records, history, async (final, { detours, order, cuts }) => {
        const direct = await aGraph();
        await direct.apply(final.map((to, n) => [n, to]));
        const other = await aGraph();
        const steps: (readonly [number, Held])[] = [...detours, ...order.map((n) => [n, final[n]!] as const)];
        for (let at = 0, i = 0; at < steps.length; at += cuts[i++]!) {
          await other.apply(steps.slice(at, at + cuts[i]!));
        }
        expect(await other.rows()).to.deep.equal(await direct.rows());
      }),
      { seed: 31, numRuns: 40 },
    );
  });

  it('is the same seen from either side', async () => {
    const records = fc.array(held, { minLength: RECORDS, maxLength: RECORDS });
    await fc.assert(
      fc.asyncProperty(records, async (final) => {
        const graph = await aGraph();
        await graph.apply(final.map((to, n) => [n, to]));
        const forward: string[] = [];
        const backward: string[] = [];
        for (let n = 0; n < RECORDS; n += 1) {
          const cited = new Set((await graph.cited(n)).flat());
          forward.push(...[...cited].map((key) => `${keyOf(n)} ${key}`));
          backward.push(...(await graph.citing(n)).map((key) => `${key} ${keyOf(n)}`));
        }
        expect(backward.sort()).to.deep.equal(forward.sort());
      }),
      { seed: 32, numRuns: 60 },
    );
  });
});
