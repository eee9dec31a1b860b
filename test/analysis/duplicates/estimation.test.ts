import { expect } from 'chai';
import { counted, countedPatterns, estimateShifts } from '../../../node/analysis/duplicates/estimation.ts';
import { levelsOf, patternOf, type Levels } from '../../../vocab/same-work/index.ts';

const shiftsBy = (pairs: Iterable<[pattern: string, pairs: number]>): number[][] =>
  estimateShifts(countedPatterns([], new Map(pairs)));

describe('weights estimated from the candidate pairs', () => {
  const same: Levels = { title: 'same long', authors: 'all', year: 'same', origin: 'same' };
  const other: Levels = { title: 'different', authors: 'none', year: 'far', origin: 'another' };

  it('stay as shipped where there are few pairs', () => {
    const shifts = shiftsBy([[patternOf(same), 31]]);
    expect(shifts.flat().every((shift) => shift === 0)).to.equal(true);
  });

  it('learn that a repository has its works twice, within bounds', () => {
    const shifts = shiftsBy([
      [patternOf(same), 100_000],
      [patternOf(other), 100_000],
    ]);
    const at = Object.keys(levelsOf).indexOf('origin');
    expect(shifts[at]?.[levelsOf.origin.indexOf('same')]).to.be.within(0.25, 0.75);
  });

  it('depend on the pairs, not on the order in which they came', () => {
    const pairs: [string, number][] = [
      [patternOf(same), 5_000],
      [patternOf(other), 70_000],
      [patternOf({ ...same, year: 'next' }), 900],
    ];
    expect(shiftsBy(pairs)).to.deep.equal(shiftsBy(pairs.toReversed()));
    const [first, ...later] = pairs.map(([pattern, number]) => new Map([[pattern, number]]));
    const oneByOne = later.reduce(countedPatterns, countedPatterns([], first ?? new Map()));
    expect(estimateShifts(oneByOne)).to.deep.equal(shiftsBy(pairs));
  });

  it('change only where a number of pairs has doubled', () => {
    expect([31, 32, 63, 64, 100].map(counted)).to.deep.equal([0, 32, 32, 64, 64]);
  });
});
