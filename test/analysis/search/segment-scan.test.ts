import { expect } from 'chai';
import fc from 'fast-check';
import { isBefore } from '../../../node/analysis/search/segment-scan.ts';

describe('the order of terms in a merge', () => {
  it('is that of their bytes in the store', () => {
    const character = fc.constantFrom('a', 'z', 'é', '\ud7ff', '\ue000', '\uff5e', '\u{10400}', '\u{1d400}');
    const text = fc.array(character, { maxLength: 4 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(isBefore(a, b)).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0);
      }),
    );
  });
});
