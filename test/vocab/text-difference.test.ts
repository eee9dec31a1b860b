import { expect } from 'chai';
import fc from 'fast-check';
import { aroundDifference } from '../../vocab/text-difference.ts';

describe('two versions of a text, cut', () => {
  it('are whole where they are short', () => {
    expect(aroundDifference('A; B', 'A', 60)).to.deep.equal({ before: 'A; B', after: 'A' });
  });

  it('show the place where they differ, however far behind it lies', () => {
    const text = 'word '.repeat(100);
    expect(aroundDifference(`${text}teh end`, `${text}the end`, 12)).to.deep.equal({
      before: '…rd teh end',
      after: '…rd the end',
    });
    const start = aroundDifference(`teh ${text}`, `the ${text}`, 10);
    expect(start).to.deep.equal({ before: 'teh word w…', after: 'the word w…' });
  });

  it('begin with the beginning where one was left out', () => {
    expect(aroundDifference('abc'.repeat(10), '', 3)).to.deep.equal({ before: 'abc…', after: '' });
  });

  it('never look alike where they are not, and are bounded', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(text, text, text, fc.integer({ min: 6, max: 20 }), (head, a, b, width) => {
        const { before, after } = aroundDifference(head + a, head + b, width);
        expect(before === after).to.equal(a === b);
        expect(Math.max(Array.from(before).length, Array.from(after).length)).to.be.at.most(width + 2);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
