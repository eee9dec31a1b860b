import { expect } from 'chai';
import fc from 'fast-check';
import {
  countWords,
  packWords,
  unpackWords,
} from '../../../node/harvest/full-text/extracting/words-of-text.ts';

const words = (text: string): Record<string, number> => Object.fromEntries(countWords(text, 100));

describe('the words of a text', () => {
  it('are counted in lower case, whatever form their letters have', () => {
    expect(words('The ﬁrst naïve First, NAI\u0308VE!')).to.deep.equal({ the: 1, first: 2, naïve: 2 });
  });

  it('are put together where a line ends within', () => {
    expect(words('infor-\nmation retrie\u00ad\nval, Jean-\nPaul x-ray')).to.deep.equal({
      information: 1,
      retrieval: 1,
      jean: 1,
      paul: 1,
      x: 1,
      ray: 1,
    });
  });

  it('of a script without spaces are runs, which overlap where they are long', () => {
    const text = Array.from({ length: 100 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    const runs = [...countWords(text, 100).keys()];
    expect(runs.every((run) => run.length <= 40)).to.equal(true);
    const pairs = new Set(
      runs.flatMap((run) =>
        Array.from(run)
          .slice(1)
          .map((c, i) => `${run[i]}${c}`),
      ),
    );
    expect(pairs.size).to.equal(99);
  });

  it('that occur most often are kept, where there are too many', () => {
    const text = Array.from({ length: 300 }, (_, i) => `w${i} `.repeat(i < 10 ? 3 : 1)).join('');
    const counts = countWords(text, 10);
    expect([...counts.keys()]).to.deep.equal(Array.from({ length: 10 }, (_, i) => `w${i}`));
  });

  it('are the same after they were kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const counts = countWords(text, 1_000);
        expect([...unpackWords(packWords(counts))]).to.deep.equal([...counts]);
      }),
    );
  });
});
