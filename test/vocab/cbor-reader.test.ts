import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { CborReader, FormError } from '../../vocab/cbor-reader.ts';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(
      fc.string({ maxLength: 30 }).filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 30 },
    ),
  ),
}));

function read(bytes: Uint8Array): unknown {
  const reader = new CborReader(bytes);
  const read = reader.value();
  reader.end();
  return read;
}

describe('a reader of canonical DAG-CBOR', () => {
  it('reads what the reference reads', () => {
    fc.assert(
      fc.property(value, (value) => {
        const bytes = encodeCanonical(value);
        expect(encodeCanonical(read(bytes))).to.deep.equal(bytes);
        expect(dagCbor.encode(read(bytes))).to.deep.equal(dagCbor.encode(dagCbor.decode(bytes)));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('reads no bytes that the reference refuses, and gives no other value', () => {
    const damaged = fc.tuple(value, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), fc.nat(3));
    let accepted = 0;
    fc.assert(
      fc.property(damaged, ([value, changes, cut]) => {
        const whole = Uint8Array.from(encodeCanonical(value));
        for (const [at, byte] of changes) whole[at % whole.length] = byte;
        const bytes = whole.subarray(0, Math.max(0, whole.length - cut));
        let own: unknown;
        try {
          own = read(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormError);
          return;
        }
        accepted += 1;
        expect(own).to.deep.equal(dagCbor.decode(bytes));
      }),
      { seed: 7, numRuns: 3_000 },
    );
    expect(accepted).to.be.greaterThan(100);
  });

  it('leaves byte order marks out where the reference does', () => {
    const bytes = encodeCanonical({ '\ufeffkey': ['\ufeffvalue', '\ufeff', 'in\ufeffside'] });
    expect(read(bytes)).to.deep.equal(dagCbor.decode(bytes));
  });

  it('gives values that keep none of the bytes from being let go', () => {
    const bytes = encodeCanonical([new Uint8Array(64), new Uint8Array(100_000)]);
    const [signature] = read(bytes) as [Uint8Array];
    expect(signature.buffer.byteLength).to.equal(64);
  });

  const refused: [string, number[]][] = [
    ['nothing', []],
    ['a number in more bytes than it takes', [0x18, 0x17]],
    ['a length in more bytes than it takes', [0x78, 0x01, 0x61]],
    ['a number beyond 2^53', [0x1b, 0x00, 0x20, 0, 0, 0, 0, 0, 0]],
    ['a negative number beyond 2^53', [0x3b, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a fraction', [0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]],
    ['undefined', [0xf7]],
    ['a tag', [0xc1, 0x00]],
    ['an indefinite list', [0x9f, 0xff]],
    ['a text that is not UTF-8', [0x62, 0xc3, 0x28]],
    ['a text that is cut off', [0x63, 0x61]],
    ['a property twice', [0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02]],
    ['the prototype', [0xa1, 0x69, ...Buffer.from('__proto__'), 0xa0]],
    ['more than one value', [0x01, 0x02]],
    ['lists nested without end', Array.from({ length: 100_000 }, () => 0x81)],
    ['a value of more items than any has', [0x99, 0x4e, 0x20, ...new Uint8Array(20_000)]],
  ];
  for (const [what, bytes] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => read(Uint8Array.from(bytes))).to.throw(FormError);
    });
  }
});
