import { expect } from 'chai';
import fc from 'fast-check';
import { TimeBudget } from '../../../../node/analysis/search/query/time-budget.ts';
import {
  encodeTerms,
  listedTerms,
  TermCursor,
  TermList,
} from '../../../../node/analysis/search/segments/term-list.ts';
import { editDistance } from '../../../../node/analysis/search/spelling/edit-distance.ts';
import { NearTerms } from '../../../../node/analysis/search/spelling/near-terms.ts';
import { nearestTerms } from '../../../../node/analysis/search/spelling/spelling.ts';
import { isSpelled } from '../../../../node/analysis/search/text/text-normalisation.ts';

/** Optimal string alignment, by its definition. */
function distance(a: string, b: string): number {
  const at = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const same = a[i - 1] === b[j - 1] ? 0 : 1;
    const steps = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same];
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push(at(i - 2, j - 2) + 1);
    return Math.min(...steps);
  };
  return at(a.length, b.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

describe('the distance of words', () => {
  it('is that of its definition', () => {
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === distance(a, b)));
  });
});

describe('the terms near some words', () => {
  const meant = fc.record({ word, most: fc.nat(2), left: fc.nat(6) });
  const sorted = fc.array(word, { maxLength: 12 }).map((terms) => terms.sort());

  it('are those in which few letters are wrong, of a word or of one of its beginnings', () => {
    fc.assert(
      fc.property(fc.array(meant, { minLength: 1, maxLength: 4 }), sorted, (words, terms) => {
        const asked = words.map(({ word, most, left }) => ({
          word,
          most,
          least: Math.max(0, word.length - left),
        }));
        const near = new NearTerms(asked);
        let before = '';
        for (const term of terms) {
          let shared = 0;
          while (shared < before.length && before[shared] === term[shared]) shared += 1;
          const distances = asked.flatMap(({ word, most, least }) =>
            Array.from({ length: word.length - least + 1 }, (_, i) =>
              distance(word.slice(0, least + i), term),
            ).filter((each) => each <= most),
          );
          expect(near.slipsIn(term, shared)).to.equal(
            distances.length === 0 ? undefined : Math.min(...distances),
          );
          before = term;
        }
      }),
    );
  });

  it('are given up no sooner than nothing that begins so is near', () => {
    fc.assert(
      fc.property(meant, word, word, (asked, beginning, rest) => {
        const near = new NearTerms([asked]);
        if (near.slipsIn(beginning + rest) !== undefined) {
          expect(near.mayBeginWith(beginning)).to.equal(true);
          expect(near.slipsIn(beginning + rest)).not.to.equal(undefined);
        } else if (near.hopelessFrom <= beginning.length) {
          expect(near.mayBeginWith(beginning)).to.equal(false);
        }
      }),
    );
  });

  it('are none of a word that is longer than any that is written', () => {
    expect(new NearTerms([{ word: 'x'.repeat(31), most: 2 }]).slipsIn('x'.repeat(31))).to.equal(undefined);
    expect(new NearTerms([{ word: 'x'.repeat(30), most: 2 }]).slipsIn('x'.repeat(32))).to.equal(2);
    expect(new NearTerms([{ word: 'x'.repeat(30), most: 2 }]).slipsIn('x'.repeat(33))).to.equal(undefined);
  });
});

describe('a list of terms', () => {
  it('is read as it was written', () => {
    const terms = fc.uniqueArray(
      fc.record({
        term: fc.string({ unit: fc.constantFrom('a', 'é', 'ω', 'ب', '𝐀', '𝐁') }),
        count: fc.integer({ min: -9, max: 9_999 }),
        size: fc.nat(9_999),
      }),
      {
        selector: ({ term }) => term,
      },
    );
    fc.assert(
      fc.property(terms, (list) => {
        const sorted = list.sort((a, b) => (a.term < b.term ? -1 : 1));
        const bytes = encodeTerms(sorted);
        expect(listedTerms(bytes).map(({ term, count, size }) => ({ term, count, size }))).to.deep.equal(
          sorted,
        );
        const looked = new TermList(bytes);
        for (const [i, { term, count, size }] of sorted.entries()) {
          const start = sorted.slice(0, i).reduce((sum, before) => sum + before.size, 0);
          expect(looked.find(term)).to.deep.equal({ count, start, end: start + size });
          expect(looked.find(`${term}b`)).to.equal(undefined);
        }
        const read: { term: string; count: number }[] = [];
        const cursor = new TermCursor(bytes);
        while (cursor.next()) read.push({ term: cursor.term, count: cursor.count });
        expect(read).to.deep.equal(sorted.map(({ term, count }) => ({ term, count })));
      }),
    );
  });

  it('can be read without the terms that begin with the same letters', () => {
    const list = ['whale', 'whaler', 'whaling', 'while', 'white', 'wide'].map((term, count) => ({
      term,
      count,
      size: 0,
    }));
    const cursor = new TermCursor(encodeTerms(list));
    const read: string[] = [];
    // Of those in `wha` the first alone, then all.
    while (cursor.next(cursor.term.startsWith('wha') ? 3 : Infinity)) read.push(cursor.term);
    expect(read).to.deep.equal(['whale', 'while', 'white', 'wide']);
  });

  it('has words of four letters and more', () => {
    expect(['whale', 'ballena', 'κητος'].every(isSpelled)).to.equal(true);
    expect(['sea', '2024', 'covid19', '@knoth p', '~whale', '検索', '𐐀𐐀𐐀𐐀'].some(isSpelled)).to.equal(false);
  });
});

describe('the nearest term', () => {
  const counts = new Map(
    Object.entries({ whale: 9, while: 3, shale: 30, harvest: 5, harness: 5, repositori: 2, gone: 0 }),
  );
  const sorted = [...counts]
    .map(([term, count]) => ({ term, count, size: 0 }))
    .sort((a, b) => (a.term < b.term ? -1 : 1));
  const nearest = async (...forms: string[]): Promise<string | undefined> => {
    const [first] = await nearestTerms(
      forms,
      async () => ({ lists: [encodeTerms(sorted)], recent: [] }),
      async (terms) => terms.map((term) => counts.get(term) ?? 0),
      new TimeBudget({ ms: Infinity, now: () => 0 }),
    );
    return first;
  };

  it('is the one with the least to change, then the most frequent', async () => {
    expect(await nearest('whlae')).to.equal('whale');
    expect(await nearest('whaile')).to.equal('whale');
    expect(await nearest('harvets')).to.equal('harvest');
    expect(await nearest('hwale')).to.equal('whale');
  });

  it('has two slips in a long word, one in a short one, and none in the shortest', async () => {
    expect(await nearest('reposotories', 'reposotori')).to.equal('repositori');
    expect(await nearest('wheeel')).to.equal(undefined);
    expect(await nearest('wha')).to.equal(undefined);
  });

  it('may be a stem without the ending in which the slip is', async () => {
    expect(await nearest('repositotry')).to.equal('repositori');
  });

  it('may begin with another letter, where there is no nearer one', async () => {
    expect(await nearest('jarvest')).to.equal('harvest');
    expect(await nearest('arvest')).to.equal('harvest');
  });

  it('is one that a record has now', async () => {
    expect(await nearest('gonee')).to.equal(undefined);
  });
});
