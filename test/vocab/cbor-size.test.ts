import { expect } from 'chai';
import fc from 'fast-check';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { hasMoreItems } from '../../vocab/cbor-size.ts';

/** Items as the decoded value has them. */
function items(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + items(item), 1);
  return Object.values(value).reduce<number>((sum, item) => sum + 1 + items(item), 1);
}

describe('the number of items in encoded CBOR', () => {
  it('is the number of items of the value', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.string({ maxLength: 300 }),
        fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
        fc.constantFrom(true, false, null),
        fc.uint8Array({ maxLength: 300 }),
        fc.array(tie('value'), { maxLength: 40 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 40 }),
      ),
    }));
    fc.assert(
      fc.property(value, (some) => {
        const bytes = encodeCanonical(some);
        const count = items(some);
        expect(hasMoreItems(bytes, count)).to.equal(false);
        expect(hasMoreItems(bytes, count - 1)).to.equal(true);
      }),
      { seed: 7 },
    );
  });

  it('is told of any bytes, within them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(hasMoreItems(bytes, bytes.length)).to.equal(false);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});
