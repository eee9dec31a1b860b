import { expect } from 'chai';
import fc from 'fast-check';
import { DatestampIndex, type Member } from '../../node/publishing/index.ts';
import { writeBatch } from '../../node/store/index.ts';
import { aRecord } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

const SEED = 20_260_101;

describe('what several sets have in common', () => {
  let test: TestCatalogue;
  let indexes = 0;
  const clock = new TestClock();
  beforeEach(async () => {
    test = await aCatalogue({ clock });
  });
  afterEach(async () => {
    await test.close();
  });

  /** An index in which record number i belongs to the sets that stand at i. */
  async function indexOf(sets: readonly string[][], mostSteps?: number): Promise<DatestampIndex> {
    const options = { self: test.catalogue.node, clock };
    const index = new DatestampIndex({ ...options, ...(mostSteps !== undefined && { mostSteps }) });
    indexes += 1;
    const section = test.store.section(`index-${indexes}`);
    await index.open(section);
    const { node } = test.catalogue;
    const record = { ...aRecord(), id: 'https://node.example/records/1', node };
    for (let at = 0; at < sets.length; at += 500) {
      clock.advance(1_000);
      const changes = sets.slice(at, at + 500).map((own, i) => ({
        key: keyOf(at + i),
        position: at + i + 1,
        holding: { ...record, sets: own },
      }));
      await writeBatch(section, await index.apply(changes, section), { durable: false });
    }
    return index;
  }
  const keyOf = (i: number): string => String(i).padStart(6, '0');
  const numbers = (members: readonly Member[]): number[] => members.map(({ key }) => Number(key));

  /** All of it, question by question. */
  async function walked(
    index: DatestampIndex,
    sets: string[],
    { limit, reverse = false }: { limit: number; reverse?: boolean },
  ): Promise<{ found: number[]; questions: number }> {
    const found: number[] = [];
    for (let place: string | undefined, questions = 1; ; questions += 1) {
      const where = place === undefined ? {} : reverse ? { before: place } : { after: place };
      const { members, reached } = await index.common(sets, { limit, reverse, ...where });
      expect(members.length).to.be.at.most(limit);
      found.push(...numbers(members));
      place = reached ?? (members.length === limit ? members.at(-1)?.place : undefined);
      if (place === undefined) return { found, questions };
    }
  }

  it('is the same whatever the steps, the limit and the direction', async () => {
    const all = await indexOf(
      Array.from({ length: 3_000 }, (_, i) => [
        ...(i % 2 === 0 ? ['even'] : []),
        ...(i % 3 === 0 ? ['third'] : []),
        ...(i > 2_500 ? ['late'] : []),
      ]),
      300,
    );
    const of = (test: (i: number) => boolean): number[] =>
      Array.from({ length: 3_000 }, (_, i) => i).filter(test);
    for (const [sets, expected] of [
      [['even', 'third'], of((i) => i % 6 === 0)],
      [['even', 'third', 'late'], of((i) => i % 6 === 0 && i > 2_500)],
      [['late', 'even'], of((i) => i % 2 === 0 && i > 2_500)],
      [['even', 'nothing'], []],
      [['even'], of((i) => i % 2 === 0)],
    ] as const) {
      for (const limit of [1_000, 37]) {
        expect((await walked(all, [...sets], { limit })).found).to.deep.equal(expected);
        const back = await walked(all, [...sets], { limit, reverse: true });
        expect(back.found).to.deep.equal(expected.toReversed());
      }
    }
  });

  it('of sets at random is what their members have in common', async () => {
    const memberships = fc.array(fc.subarray(['a', 'b', 'c']), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        memberships,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (sets, steps, reverse) => {
          const index = await indexOf(sets, steps);
          const { found } = await walked(index, ['a', 'b', 'c'], { limit: 3, reverse });
          const expected = sets.flatMap((own, i) => (own.length === 3 ? [i] : []));
          expect(found).to.deep.equal(reverse ? expected.toReversed() : expected);
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('is looked for in bounded steps where two large sets share nothing', async () => {
    const size = 12_000;
    const index = await indexOf(
      Array.from({ length: size }, (_, i) => [i % 2 === 0 ? 'even' : 'odd']),
      2_000,
    );
    const first = await index.common(['even', 'odd'], { limit: 10 });
    expect(first.members).to.deep.equal([]);
    expect(first.reached).to.be.a('string');
    const { found, questions } = await walked(index, ['even', 'odd'], { limit: 10 });
    expect(found).to.deep.equal([]);
    expect(questions).to.be.within(4, size / 1_000);
  });

  it('is found at once where one set is small, however large the other is', async () => {
    const size = 12_000;
    const rare = new Set([3, 5_000, 11_999]);
    const index = await indexOf(
      Array.from({ length: size }, (_, i) => ['all', ...(rare.has(i) ? ['rare'] : [])]),
      200,
    );
    for (const sets of [
      ['rare', 'all'],
      ['all', 'rare'],
    ]) {
      const { members, reached } = await index.common(sets, { limit: 10 });
      expect(numbers(members)).to.deep.equal([...rare]);
      expect(reached).to.equal(undefined);
    }
  });

  it('has nothing from before 1970', async () => {
    const index = await indexOf([['a'], ['a']]);
    expect((await index.common(['a'], { limit: 5, from: -1_000_000 })).members).to.have.length(2);
    expect((await index.common(['a'], { limit: 5, until: -1_000_000 })).members).to.have.length(0);
  });
});
