import { expect } from 'chai';
import fc from 'fast-check';
import { TextIndex, type SearchQuery } from '../../../node/analysis/search/index.ts';
import type { OwnChange } from '../../../node/catalogue/index.ts';
import type { Holding } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { BruteForce } from './support/brute-force.ts';

const vocabulary = [
  'open',
  'access',
  'archive',
  'harvest',
  'citation',
  'metadata',
  'Knoth',
  'dépôt',
  '情報検索',
  'the',
];

const text = fc
  .array(fc.constantFrom(...vocabulary), { maxLength: 6 })
  .map((words) => ({ value: words.join(' ') }));
const texts = fc.array(text, { maxLength: 2 });

const RECORDS = 12;
const number = fc.nat(RECORDS - 1);
const oaiIdentifier = (n: number): string => `oai:repository.example:${n}`;

const COAR = 'http://purl.org/coar/resource_type/';
const CC = 'https://creativecommons.org/licenses/';
/** Optional properties are absent, not undefined. */
const faceted = fc.record(
  {
    type: fc.constantFrom(`${COAR}c_6501`, `${COAR}c_46ec`),
    published: fc.constantFrom('2015', '2016-03', '2016-03-07', '2021-11-30'),
    access: fc.constantFrom({ right: 'open' as const }, { right: 'restricted' as const }),
    licence: fc.constantFrom(`${CC}by/4.0/`, `${CC}by/3.0/pt/`, `${CC}by-nc/4.0/`),
  },
  { requiredKeys: [] },
);

const put: fc.Arbitrary<OwnChange> = fc
  .record({
    n: number,
    titles: texts,
    abstracts: texts,
    subjects: texts,
    name: fc.constantFrom(...vocabulary),
    languages: fc.constantFrom<string[]>([], ['en'], ['en-GB', 'pt']),
    faceted,
  })
  .map(({ n, name, faceted, ...parts }) => {
    const change = aPut(n, { ...parts, creators: [{ name, kind: 'person' }] });
    if (change.type !== 'put') return change;
    const { published: _, ...record } = change.record;
    return { ...change, record: { ...record, ...faceted } };
  });
const gone: fc.Arbitrary<OwnChange> = fc.oneof(
  number.map((n): OwnChange => ({ type: 'withdraw', oaiIdentifier: oaiIdentifier(n), reason: 'Retracted' })),
  number.map((n): OwnChange => ({
    type: 'delete',
    oaiIdentifier: oaiIdentifier(n),
    datestamp: '2026-02-01',
    reason: 'gone',
  })),
);
const event = fc.oneof(
  { weight: 6, arbitrary: fc.array(put, { minLength: 1, maxLength: 5 }) },
  { weight: 2, arbitrary: fc.array(gone, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant('reopen' as const) },
);
/** So few that segments are written and merged all the time, in many steps. */
const recentPostings = fc.integer({ min: 1, max: 60 });

const queries = [
  'open',
  'open access archive',
  'knoth metadata',
  'dépôts 検索',
  'the',
  'nowhere archive',
  '"open access"',
  '"access the archive" OR citation',
  'title:harvest -citation',
  'author:knoth OR abstract:"metadata harvest" open',
  '-"archive open" subject:archive metadata',
  'title:"情報検索"',
];
const ways: Partial<SearchQuery>[] = [
  {},
  { facets: true },
  { order: 'newest', facets: true, filters: { from: 2016 } },
  { order: 'oldest', filters: { from: 2010, to: 2016, type: [`${COAR}c_6501`] } },
  { facets: true, filters: { access: ['open'], licence: [`${CC}by/`], language: ['en'] } },
];

async function holdingsOf({ catalogue }: TestCatalogue): Promise<Map<string, Holding>> {
  const changes = await catalogue.log.after(0, 1_000);
  return new Map(changes.flatMap(({ key, holding }) => (holding === undefined ? [] : [[key, holding]])));
}

async function expectTruth(index: TextIndex, holdings: ReadonlyMap<string, Holding>): Promise<void> {
  const truth = new BruteForce(holdings);
  for (const query of queries) {
    for (const [i, more] of ways.entries()) {
      const asked: SearchQuery = { query, offset: i % 2, limit: 20 - 7 * (i % 2), asWritten: true, ...more };
      expect(await index.search(asked), JSON.stringify(asked)).to.deep.equal(truth.search(asked));
    }
  }
  for (const key of holdings.keys()) {
    const alike = await index.similarTo(key, 5);
    expect(
      alike.map(({ key, score }) => ({ key, score })),
      key,
    ).to.deep.equal(truth.similarTo(key, 5));
  }
}

describe('the text index', () => {
  it('answers as if it were made anew from what is held now, whatever came, went and was interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 15 }),
        recentPostings,
        async (events, size) => {
          let test = await aCatalogue();
          try {
            let index = new TextIndex({ recentPostings: size });
            let runner = await test.run(index);
            for (const each of events) {
              if (each === 'reopen') {
                test = await test.reopen();
                index = new TextIndex({ recentPostings: size });
                runner = await test.run(index);
              } else {
                await test.catalogue.put(each);
                await runner.caughtUp();
              }
            }
            await expectTruth(index, await holdingsOf(test));
          } finally {
            await test.close();
          }
        },
      ),
      { numRuns: 25, seed: 6 },
    );
  });

  it('gives the same answers for the same records in whatever order they came and were written', async () => {
    const puts = fc.uniqueArray(fc.tuple(number, texts), { selector: ([n]) => n, minLength: 3 });
    const shuffled = puts.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    await fc.assert(
      fc.asyncProperty(
        shuffled,
        recentPostings,
        recentPostings,
        async ([list, otherwise], oneSize, otherSize) => {
          const one = await aCatalogue();
          const other = await aCatalogue({ identity: one.identity });
          try {
            const answers = [];
            for (const [test, order, size] of [
              [one, list, oneSize],
              [other, otherwise, otherSize],
            ] as const) {
              const index = new TextIndex({ recentPostings: size });
              const runner = await test.run(index);
              for (const [n, titles] of order) {
                await test.catalogue.put([aPut(n, { titles })]);
                await runner.caughtUp();
              }
              const keys = [...(await holdingsOf(test)).keys()].sort();
              answers.push({
                found: await Promise.all(
                  ['open archive metadata', '"archive open"', 'acess arcihve', 'harvets -"open accss"'].map(
                    (query) => index.search({ query, offset: 0, limit: 20, facets: true }),
                  ),
                ),
                similar: await Promise.all(keys.map((key) => index.similarTo(key, 20))),
              });
            }
            expect(answers[0]).to.deep.equal(answers[1]);
          } finally {
            await one.close();
            await other.close();
          }
        },
      ),
      { numRuns: 10, seed: 6 },
    );
  });
});
