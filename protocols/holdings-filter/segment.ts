import { hash } from 'node:crypto';
import { FilterError } from './errors.ts';
import { buildFuseFilter, fingerprintsFor, FuseReader, MAX_FUSE_KEYS } from './fuse-filter.ts';
import type { WorkKey } from './work-keys.ts';

/*
 * A filter is cut into 2^bits segments by the first bits of the keys, each a fuse filter by itself: a change of a record
 * changes some two or three of them, and only those are sent anew.
 *
 *     0      1                5
 *     | seed | size, 4 bytes  | fingerprints: a byte each, so many as `size` keys need |      numbers big-endian
 */
const HEAD_BYTES = 5;
export const MAX_SEGMENT_BYTES = 256 * 1024;
export const MAX_SEGMENT_BITS = 14;
const DIGEST_BYTES = 16;

/**
 * In a segment, in the mean: where it is fewer or more, the filter is cut anew. Fewer would take more bytes a key, and more
 * would have more sent again for each key that changes.
 */
const FEWEST_KEYS = 250;
const MOST_KEYS = 1_000;

/** Into how many segments (2^bits) so many keys are cut; `now` where that still does, so that it does not go to and fro. */
export function segmentBits(keys: number, now: number): number {
  let bits = now;
  while (bits > 0 && keys / 2 ** bits < FEWEST_KEYS) bits -= 1;
  while (bits < MAX_SEGMENT_BITS && keys / 2 ** bits > MOST_KEYS) bits += 1;
  return bits;
}

/** The segment that a key belongs to. */
export function segmentOf(key: WorkKey, bits: number): number {
  return Number.parseInt(key.slice(0, 4), 16) >> (16 - bits);
}

/** The keys of a segment as a range of text: from its first one up to those of the next. */
export function segmentRange(segment: number, bits: number): { gte: string; lt: string } {
  const first = (n: number): string => (n << (16 - bits)).toString(16).padStart(4, '0');
  return { gte: first(segment), lt: segment + 1 === 2 ** bits ? 'g' : first(segment + 1) };
}

/**
 * The segment of these keys: the same bytes for the same keys.
 * @param keys as `packWorkKeys` makes them, in order, none twice
 * @throws FilterError `FILTER_NOT_BUILT`
 */
export function encodeSegment(keys: Uint8Array): Uint8Array {
  const filter = keys.length / 8 > MAX_FUSE_KEYS ? undefined : buildFuseFilter(keys);
  if (filter === undefined) {
    throw new FilterError('FILTER_NOT_BUILT', `A segment of ${keys.length / 8} keys cannot be made.`, {
      remedy: 'Report it with the log: keys are repeated or are far too many.',
    });
  }
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(filter.seed, 0);
  head.writeUInt32BE(filter.size, 1);
  return Buffer.concat([head, filter.fingerprints]);
}

/** How many keys a segment was made of. The segment has been checked. */
export function keysIn(segment: Uint8Array): number {
  return new DataView(segment.buffer, segment.byteOffset, segment.byteLength).getUint32(1);
}

/** @returns hex */
export function segmentDigest(segment: Uint8Array): string {
  return hash('sha256', segment, 'hex').slice(0, 2 * DIGEST_BYTES);
}

/** A segment from outside, ready to be asked. */
export class SegmentReader {
  readonly #filter: FuseReader;
  readonly keys: number;

  /** @throws FilterError `FILTER_BAD_SEGMENT` for bytes that are none */
  constructor(bytes: Uint8Array) {
    if (bytes.length < HEAD_BYTES || bytes.length > MAX_SEGMENT_BYTES)
      throw badSegment(`it has ${bytes.length} bytes`);
    const size = keysIn(bytes);
    const fingerprints = bytes.subarray(HEAD_BYTES);
    if (size > MAX_FUSE_KEYS || fingerprints.length !== fingerprintsFor(size))
      throw badSegment(`${fingerprints.length} fingerprints are not those of ${size} keys`);
    this.keys = size;
    this.#filter = new FuseReader({ size, seed: bytes[0] ?? 0, fingerprints });
  }

  /** Whether the key may be among those it was made of: always true of those, of others once in 256 times. */
  has(key: WorkKey): boolean {
    return this.#filter.has(Number.parseInt(key.slice(0, 8), 16), Number.parseInt(key.slice(8), 16));
  }
}

function badSegment(why: string): FilterError {
  return new FilterError('FILTER_BAD_SEGMENT', `A segment of a holdings filter is refused: ${why}.`);
}
