import { expect } from 'chai';
import fc from 'fast-check';
import { TextIndex } from '../../../node/analysis/search/index.ts';
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

const put: fc.Arbitrary<OwnChange> = fc
  .record({
    n: number,
    titles: texts,
    abstracts: texts,
    subjects: texts,
    name: fc.constantFrom(...vocabulary),
  })
  .map(({ n, name, ...parts }) => aPut(n, { ...parts, creators: [{ name, kind: 'person' }] }));
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

async function holdingsOf({ catalogue }: TestCatalogue): Promise<Map<string, Holding>> {
  const changes = await catalogue.log.after(0, 1_000);
  return new Map(changes.flatMap(({ key, holding }) => (holding === undefined ? [] : [[key, holding]])));
}

async function expectTruth(index: TextIndex, holdings: ReadonlyMap<string, Holding>): Promise<void> {
  const truth = new BruteForce(holdings);
  for (const query of [
    'open',
    'open access archive',
    'knoth metadata',
    'dépôts 検索',
    'the',
    'nowhere archive',
  ]) {
    for (const [offset, limit] of [
      [0, 20],
      [2, 3],
    ] as const) {
      expect(await index.search({ query, offset, limit }), query).to.deep.equal(
        truth.search({ query, offset, limit }),
      );
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
  it('answers as if it were made anew from what is held now, whatever came, went and was interrupted', async function () {
    this.timeout(60_000);
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

  it('gives the same answers for the same records in whatever order they came', async () => {
    const puts = fc.uniqueArray(fc.tuple(number, texts), { selector: ([n]) => n, minLength: 3 });
    const shuffled = puts.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, recentPostings, async ([list, otherwise], size) => {
        const one = await aCatalogue();
        const other = await aCatalogue({ identity: one.identity });
        try {
          const answers = [];
          for (const [test, order] of [
            [one, list],
            [other, otherwise],
          ] as const) {
            const index = new TextIndex({ recentPostings: size });
            const runner = await test.run(index);
            for (const [n, titles] of order) {
              await test.catalogue.put([aPut(n, { titles })]);
              await runner.caughtUp();
            }
            const keys = [...(await holdingsOf(test)).keys()].sort();
            answers.push({
              search: await index.search({ query: 'open archive metadata', offset: 0, limit: 20 }),
              similar: await Promise.all(keys.map((key) => index.similarTo(key, 20))),
            });
          }
          expect(answers[0]).to.deep.equal(answers[1]);
        } finally {
          await one.close();
          await other.close();
        }
      }),
      { numRuns: 10, seed: 6 },
    );
  });
});
