import { expect } from 'chai';
import fc from 'fast-check';
import {
  encodeSegment,
  keysIn,
  MAX_SEGMENT_BYTES,
  packWorkKeys,
  segmentBits,
  segmentOf,
  SegmentReader,
  segmentRange,
  unpackWorkKeys,
} from '../../../protocols/holdings-filter/index.ts';

const workKey = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((key) => key.toString(16).padStart(16, '0'));
const workKeySet = (maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(workKey, { maxLength, size: 'max' }).map((keys) => keys.toSorted());

/** Keys without an end, the same each time (the constants of SplitMix64). */
function* keysFrom(seed: bigint): Generator<string> {
  for (let state = seed; ;) {
    state = (state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
    let z = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
    yield (z ^ (z >> 31n)).toString(16).padStart(16, '0');
  }
}

function take(keys: Iterator<string>, count: number): string[] {
  return Array.from({ length: count }, () => String(keys.next().value));
}

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('a segment of a holdings filter', () => {
  it('has every key that it was made of, whatever they are', () => {
    fc.assert(
      fc.property(workKeySet(300), (keys) => {
        const reader = new SegmentReader(encodeSegment(packWorkKeys(keys)));
        expect(reader.keys).to.equal(keys.length);
        for (const key of keys) expect(reader.has(key), key).to.equal(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('has every key where they are near one another', () => {
    for (const step of [1n, 2n ** 32n, 2n ** 52n]) {
      const keys = Array.from({ length: 4_000 }, (_, i) => (BigInt(i) * step).toString(16).padStart(16, '0'));
      const reader = new SegmentReader(encodeSegment(packWorkKeys(keys)));
      for (const key of keys) expect(reader.has(key), key).to.equal(true);
    }
  });

  for (const size of [1, 10, 100, 1_000, 4_000, 100_000]) {
    it(`of ${size} keys has fewer than 0.5 % of all others`, () => {
      const source = keysFrom(BigInt(size));
      const reader = new SegmentReader(encodeSegment(packWorkKeys(take(source, size).toSorted())));
      const others = take(source, 100_000);
      const share = others.filter((key) => reader.has(key)).length / others.length;
      expect(share).to.be.lessThan(0.005);
    });
  }

  it('takes eleven bits a key, and is within its bound of bytes', () => {
    const segment = encodeSegment(packWorkKeys(take(keysFrom(1n), 4_000).toSorted()));
    expect((segment.length * 8) / 4_000).to.be.lessThan(11.5);
    expect(segment.length).to.be.lessThan(MAX_SEGMENT_BYTES);
  });

  it('is the same bytes for the same keys', () => {
    fc.assert(
      fc.property(workKeySet(200), (keys) => {
        expect(encodeSegment(packWorkKeys(keys))).to.deep.equal(encodeSegment(packWorkKeys(keys)));
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it('has nothing where it was made of nothing', () => {
    const reader = new SegmentReader(encodeSegment(new Uint8Array()));
    expect(take(keysFrom(3n), 1_000).some((key) => reader.has(key))).to.equal(false);
  });

  it('cannot be made of a key that is there twice', () => {
    const keys = packWorkKeys(['00000000000000aa', '00000000000000aa', '00000000000000ab']);
    expect(codeOf(() => encodeSegment(keys))).to.equal('FILTER_NOT_BUILT');
  });

  it('is refused by a typed error, or is read, whatever its bytes are', () => {
    const size = fc.integer({ min: 0, max: 300 }).map((n) => Uint8Array.of(0, 0, 0, n >> 8, n & 255));
    const bytes = fc
      .tuple(
        fc.oneof(size, fc.uint8Array({ maxLength: 5 })),
        fc.uint8Array({ maxLength: 2_000, size: 'max' }),
      )
      .map(([head, rest]) => Buffer.concat([head, rest]));
    fc.assert(
      fc.property(bytes, workKey, (segment, key) => {
        const code = codeOf(() => new SegmentReader(segment).has(key));
        expect(code).to.be.oneOf([undefined, 'FILTER_BAD_SEGMENT']);
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });

  const refused: [string, Uint8Array][] = [
    ['no bytes', new Uint8Array()],
    ['more bytes than may be', new Uint8Array(MAX_SEGMENT_BYTES + 1)],
    ['a size of four thousand million', Uint8Array.of(0, 255, 255, 255, 255, 1, 2, 3)],
    ['a byte too many', Buffer.concat([encodeSegment(packWorkKeys(['00000000000000aa'])), Uint8Array.of(0)])],
    ['a byte too few', encodeSegment(packWorkKeys(['00000000000000aa'])).subarray(0, -1)],
  ];
  for (const [what, segment] of refused) {
    it(`is refused with ${what}`, () => {
      expect(codeOf(() => new SegmentReader(segment))).to.equal('FILTER_BAD_SEGMENT');
    });
  }
});

describe('the segments of a holdings filter', () => {
  it('share the keys out: each is in the range of its own segment and no other', () => {
    fc.assert(
      fc.property(workKey, fc.integer({ min: 0, max: 14 }), (key, bits) => {
        const { gte, lt } = segmentRange(segmentOf(key, bits), bits);
        expect(key >= gte && key < lt).to.equal(true);
        const last = segmentRange(2 ** bits - 1, bits);
        expect('f'.repeat(16) < last.lt).to.equal(true);
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it('become more and fewer with the keys, and do not go to and fro', () => {
    expect(segmentBits(0, 0)).to.equal(0);
    expect(segmentBits(1_000, 0)).to.equal(0);
    expect(segmentBits(1_001, 0)).to.equal(1);
    expect(segmentBits(999, 1)).to.equal(1);
    expect(segmentBits(499, 1)).to.equal(0);
    expect(segmentBits(150_000, 0)).to.equal(8);
    expect(segmentBits(1e12, 0)).to.equal(14);
  });
});

describe('work keys', () => {
  it('come through side by side', () => {
    fc.assert(
      fc.property(fc.array(workKey, { maxLength: 50 }), (keys) => {
        expect(unpackWorkKeys(packWorkKeys(keys))).to.deep.equal(keys);
      }),
      { seed: 5 },
    );
  });

  it('of a segment are counted in its head', () => {
    expect(keysIn(encodeSegment(packWorkKeys(take(keysFrom(2n), 70).toSorted())))).to.equal(70);
  });
});
