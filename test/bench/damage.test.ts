import { expect } from 'chai';
import fc from 'fast-check';
import { damaged, damages, type DamageName } from '../../scripts/bench/duplicates/damage.ts';
import { aPerson, described } from '../../scripts/bench/duplicates/described.ts';
import { agreement, joined, pairsIn } from '../../scripts/bench/duplicates/pairs.ts';
import { seededRandom } from '../../scripts/random.ts';

const { record } = described('anthology', {
  id: '1',
  title: 'Análisis of word embeddings: a study in the "wild"',
  authors: ['Koîti Hasida', 'Ludwig van Beethoven', 'Ada'],
  year: '2016',
  source: 'Proceedings of a meeting',
  pages: '1-10',
  doi: '10.1/x',
});
const original = { ...record, creators: record.creators.map(({ name }) => aPerson(name)) };

describe('the damage that the bench of duplicates does to copies', () => {
  for (const [name, damage] of Object.entries(damages)) {
    it(`${name}: changes the record, the same with the same seed, and leaves the original as it is`, () => {
      const before = structuredClone(original);
      for (let seed = 0; seed < 20; seed++) {
        const copy = damage(original, seededRandom(seed));
        expect(copy).to.deep.equal(damage(original, seededRandom(seed)));
        expect(copy?.oaiIdentifier).to.equal(original.oaiIdentifier);
      }
      const copies = Array.from({ length: 20 }, (_, seed) => damage(original, seededRandom(seed)));
      expect(copies.some((copy) => JSON.stringify(copy) !== JSON.stringify(original))).to.equal(true);
      expect(original).to.deep.equal(before);
    });
  }

  it('is of one to three kinds, of those that can be done to the record', () => {
    const bare = described('anthology', { id: '2', title: 'Names', authors: [], year: '' }).record;
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(original, bare), (seed, of) => {
        const { by } = damaged(of, seededRandom(seed));
        expect(by.length).to.be.within(1, 3);
        expect(new Set(by).size).to.equal(by.length);
        if (of !== bare) return;
        const impossible: DamageName[] = [
          'initials',
          'other year',
          'other DOI',
          'reordered authors',
          'lost accents',
        ];
        for (const name of impossible) expect(by).to.not.include(name);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it('takes names apart with their particles', () => {
    expect(original.creators.map(({ name }) => name)).to.deep.equal([
      'Hasida, Koîti',
      'van Beethoven, Ludwig',
      'Ada',
    ]);
  });
});

describe('what is found, held against what is true', () => {
  it('counts every pair of a group, those that follow from others too', () => {
    const truth = pairsIn(
      joined([
        ['a', 'b'],
        ['c', 'b'],
        ['d', 'e'],
      ]),
    );
    expect(truth.size).to.equal(4);
    const { precision, recall, f1 } = agreement(pairsIn([['a', 'b', 'd'], ['e']]), truth);
    expect([precision, recall]).to.deep.equal([1 / 3, 1 / 4]);
    expect(f1).to.be.closeTo(2 / 7, 1e-9);
  });
});
