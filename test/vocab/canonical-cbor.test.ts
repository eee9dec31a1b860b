import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { EncodedItem, encodeCanonical, withCanonical } from '../../vocab/canonical-cbor.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed()),
  fc.constantFrom('', 'a'.repeat(60), 'a'.repeat(61), 'é'.repeat(40), 'x'.repeat(70_000), '😀'.repeat(100)),
);
const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    23,
    24,
    255,
    256,
    65_535,
    65_536,
    2 ** 32 - 1,
    2 ** 32,
    Number.MAX_SAFE_INTEGER,
    -1,
    -24,
    -25,
    -256,
    -257,
  ),
  fc.constantFrom(Number.MIN_SAFE_INTEGER),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    integer,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(
      fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'grapheme', maxLength: 6 })),
      tie('value'),
      {
        maxKeys: 30,
        noNullPrototype: true,
      },
    ),
  ),
}));

describe('the canonical form of a value', () => {
  it('has the bytes that the reference gives', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(Buffer.from(encodeCanonical(any)).equals(dagCbor.encode(any))).to.equal(true);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('does not depend on the order in which an object was made, also with zeros in its keys', () => {
    const pairs = [
      [
        { 'a\0b': 1, c: 2 },
        { c: 2, 'a\0b': 1 },
      ],
      [
        { a: 1, 'b\0c': 2 },
        { 'b\0c': 2, a: 1 },
      ],
      [
        { a: 1, b: 2, c: 3 },
        { c: 3, b: 2, a: 1 },
      ],
    ] as const;
    for (const [one, other] of pairs) {
      expect(encodeCanonical(one)).to.deep.equal(encodeCanonical(other));
      expect(Buffer.from(encodeCanonical(one)).equals(dagCbor.encode(one))).to.equal(true);
    }
  });

  it('takes in what has it already', () => {
    fc.assert(
      fc.property(value, (any) => {
        const whole = encodeCanonical([1, any, 'end']);
        expect(encodeCanonical([1, new EncodedItem(encodeCanonical(any)), 'end'])).to.deep.equal(whole);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('is refused to what it cannot hold', () => {
    for (const wrong of [
      undefined,
      1.5,
      Number.NaN,
      Infinity,
      -0,
      2 ** 53,
      { a: undefined },
      [undefined],
      1n,
      Symbol('s'),
    ]) {
      expect(() => encodeCanonical(wrong)).to.throw(TypeError);
    }
    expect(encodeCanonical({ a: 1 }), 'and leaves nothing behind').to.deep.equal(dagCbor.encode({ a: 1 }));
  });

  it('is lent as it is while others are written, and to several at a time', async () => {
    const values = [1, 2, 3].map((n) => ({ n, text: 'x'.repeat(n * 50_000) }));
    const lent = values.map((one) =>
      withCanonical(one, async (bytes) => {
        await Promise.resolve();
        encodeCanonical(['something', 'else'.repeat(100_000)]);
        await Promise.resolve();
        return Buffer.from(bytes);
      }),
    );
    for (const [i, bytes] of (await Promise.all(lent)).entries())
      expect(bytes.equals(dagCbor.encode(values[i]))).to.equal(true);
    const refused = await withCanonical('a', () => Promise.reject(new Error('no'))).catch(String);
    expect(refused).to.equal('Error: no');
    expect(Buffer.from(encodeCanonical({ a: 1 })).equals(dagCbor.encode({ a: 1 }))).to.equal(true);
  });
});
