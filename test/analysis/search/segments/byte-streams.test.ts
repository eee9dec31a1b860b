import { expect } from 'chai';
import fc from 'fast-check';
import { VarintReader } from '../../../../node/analysis/search/postings/varint.ts';
import { ByteStreams } from '../../../../node/analysis/search/segments/byte-streams.ts';

describe('streams of bytes side by side', () => {
  it('give back what was appended to each', () => {
    const number = fc.oneof(fc.nat(0x7f), fc.nat(), fc.constant(0xffff_ffff));
    const appended = fc.array(
      fc.tuple(fc.constantFrom(0, 1, 7, 3_000), fc.array(number, { maxLength: 60 })),
      {
        maxLength: 60,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(appended, (pieces) => {
        const streams = new ByteStreams();
        for (const [stream, numbers] of pieces) for (const n of numbers) streams.push(stream, n);
        for (const stream of [0, 1, 7, 3_000]) {
          const bytes = new Uint8Array(streams.length(stream) + 1);
          expect(streams.copyTo(bytes, 1, stream)).to.equal(bytes.length);
          const reader = new VarintReader(bytes, 1);
          const expected = pieces.flatMap(([other, numbers]) => (other === stream ? numbers : []));
          expect(expected.map(() => reader.next())).to.deep.equal(expected);
          expect(reader.ended).to.equal(true);
        }
      }),
      { seed: 6 },
    );
  });

  it('can be longer than the longest slice', () => {
    const streams = new ByteStreams();
    for (let n = 0; n < 100_000; n += 1) streams.push(n % 3, n & 0x7f);
    const bytes = new Uint8Array(streams.length(1));
    streams.copyTo(bytes, 0, 1);
    expect(bytes.every((byte, i) => byte === ((i * 3 + 1) & 0x7f))).to.equal(true);
  });
});
