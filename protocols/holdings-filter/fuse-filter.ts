/*
 * A binary fuse filter (Graf and Lemire, "Binary Fuse Filters: Fast and Smaller Than Xor Filters", ACM Journal of
 * Experimental Algorithmics 27, 2022, doi:10.1145/3510449), three-wise with fingerprints of 8 bits: a key that is in the
 * set is always found, any other with a probability of 1/256.
 *
 * An array of fingerprints is cut into pieces of equal length, a power of two. A key has one place in each of three pieces
 * that lie one behind another; its fingerprint is the XOR of the three. To fill the array, keys that are alone in some
 * place are taken away one by one until none is left, and then written in the opposite order.
 */

const ARITY = 3;
/** Such a set fails once in a hundred times; so many in a row fail never. */
const MAX_SEEDS = 100;
/** So that the places in two pieces and the fingerprint can be had of 32 bits. Larger sets would need larger ones. */
const LARGEST_PIECE = 2 ** 12;
export const MAX_FUSE_KEYS = 200_000;

/** The places of an array for so many keys: pieces, the length of one, and of all. The paper's constants (section 3). */
interface Shape {
  piece: number;
  /** First places lie below it. */
  starts: number;
  length: number;
}

function shapeFor(size: number): Shape {
  const piece =
    size < 2 ? 4 : Math.min(LARGEST_PIECE, 2 ** Math.floor(Math.log(size) / Math.log(3.33) + 2.25));
  const factor = size < 2 ? 0 : Math.max(1.125, 0.875 + (0.25 * Math.log(1e6)) / Math.log(size));
  const pieces = Math.max(1, Math.ceil(Math.round(size * factor) / piece) - (ARITY - 1));
  return { piece, starts: pieces * piece, length: (pieces + ARITY - 1) * piece };
}

/** How many fingerprints a filter of so many keys has: a byte each. */
export function fingerprintsFor(size: number): number {
  return size === 0 ? 0 : shapeFor(size).length;
}

/** A set of keys as it was built. */
interface FuseFilter {
  /** How many keys it was made of. */
  size: number;
  /** The first from 0 with which it could be built: the same keys give the same filter everywhere. */
  seed: number;
  fingerprints: Uint8Array;
}

/** Where a key belongs under a seed, and its fingerprint: written by `place`, read at once. */
const at = new Uint32Array(ARITY + 1);

/** 64 bits are mixed one to one by three rounds of a Feistel cipher, so different keys never become the same. */
function place(high: number, low: number, seed: number, { piece, starts }: Shape): void {
  const left = (low ^ mixed(high ^ Math.imul(seed + 1, 0x9e3779b1))) >>> 0;
  const right = (high ^ mixed(left)) >>> 0;
  const last = (left ^ mixed(right ^ 0x5bd1e995)) >>> 0;
  const first = Math.floor((right / 2 ** 32) * starts);
  const mask = piece - 1;
  at[0] = first;
  at[1] = (first + piece) ^ ((last >>> 8) & mask);
  at[2] = (first + 2 * piece) ^ ((last >>> 20) & mask);
  at[3] = last & 0xff;
}

/** The finaliser of MurmurHash3: every bit in changes half of the bits out. */
function mixed(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * @param keys 8 bytes each, side by side, none of them twice
 * @returns undefined where it cannot be built: a key is there twice
 */
export function buildFuseFilter(keys: Uint8Array): FuseFilter | undefined {
  const size = keys.length / 8;
  if (size === 0) return { size, seed: 0, fingerprints: new Uint8Array() };
  const shape = shapeFor(size);
  for (let seed = 0; seed < MAX_SEEDS; seed++) {
    const fingerprints = fill(keys, size, seed, shape);
    if (fingerprints !== undefined) return { size, seed, fingerprints };
  }
  return undefined;
}

function fill(keys: Uint8Array, size: number, seed: number, shape: Shape): Uint8Array | undefined {
  const view = new DataView(keys.buffer, keys.byteOffset, keys.byteLength);
  const placeKey = (key: number): void =>
    place(view.getUint32(key * 8), view.getUint32(key * 8 + 4), seed, shape);
  // Of each place: how many keys have it, and the XOR of their numbers, which is the key's own where it is alone.
  const counts = new Uint32Array(shape.length);
  const numbers = new Uint32Array(shape.length);
  for (let key = 0; key < size; key++) {
    placeKey(key);
    for (let i = 0; i < ARITY; i++) {
      const slot = at[i] ?? 0;
      counts[slot] = (counts[slot] ?? 0) + 1;
      numbers[slot] = (numbers[slot] ?? 0) ^ key;
    }
  }
  const alone: number[] = [];
  for (let slot = 0; slot < shape.length; slot++) if (counts[slot] === 1) alone.push(slot);
  const takenKeys = new Uint32Array(size);
  const takenSlots = new Uint32Array(size);
  let taken = 0;
  for (let slot = alone.pop(); slot !== undefined; slot = alone.pop()) {
    if (counts[slot] !== 1) continue;
    const key = numbers[slot] ?? 0;
    takenKeys[taken] = key;
    takenSlots[taken] = slot;
    taken += 1;
    placeKey(key);
    for (let i = 0; i < ARITY; i++) {
      const other = at[i] ?? 0;
      const left = (counts[other] ?? 0) - 1;
      counts[other] = left;
      numbers[other] = (numbers[other] ?? 0) ^ key;
      if (left === 1) alone.push(other);
    }
  }
  if (taken < size) return undefined;
  const fingerprints = new Uint8Array(shape.length);
  for (let i = size - 1; i >= 0; i--) {
    placeKey(takenKeys[i] ?? 0);
    const [a = 0, b = 0, c = 0, fingerprint = 0] = at;
    // The key's own place is still 0, and so counts for nothing.
    fingerprints[takenSlots[i] ?? 0] =
      fingerprint ^ (fingerprints[a] ?? 0) ^ (fingerprints[b] ?? 0) ^ (fingerprints[c] ?? 0);
  }
  return fingerprints;
}

/** Tells for many keys whether they may be in the set: never false of one that is. */
export class FuseReader {
  readonly #filter: FuseFilter;
  readonly #shape: Shape;

  constructor(filter: FuseFilter) {
    this.#filter = filter;
    this.#shape = shapeFor(filter.size);
  }

  /** @param high,low the key's first and last 32 bits */
  has(high: number, low: number): boolean {
    const { size, seed, fingerprints } = this.#filter;
    if (size === 0) return false;
    place(high, low, seed, this.#shape);
    const [a = 0, b = 0, c = 0, fingerprint = 0] = at;
    return ((fingerprints[a] ?? 0) ^ (fingerprints[b] ?? 0) ^ (fingerprints[c] ?? 0)) === fingerprint;
  }
}
