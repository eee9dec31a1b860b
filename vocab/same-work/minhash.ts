/** What `hash32` begins with, before the first unit. */
export const HASH_OF_NOTHING = 0x811c9dc5 | 0;

/**
 * FNV-1a over UTF-16 code units, with a last mixing so that every bit counts.
 *
 * @param from where the part of the text begins that is hashed, and `to` where it ends: so nothing is cut out for it
 */
export function hash32(text: string, from = 0, to = text.length): number {
  let hash = HASH_OF_NOTHING;
  for (let i = from; i < to; i++) hash = withUnit(hash, text.charCodeAt(i));
  return mixed(hash);
}

/** The hash, not mixed yet, with one unit more. */
export const withUnit = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

/** The last step of `hash32`. */
export function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const PERMUTATIONS = 24;
/** Odd factors and offsets, made once from a fixed seed: every node has the same. */
const factors = new Uint32Array(PERMUTATIONS).map((_, i) => mixed(i * 2 + 1) | 1);
const offsets = new Uint32Array(PERMUTATIONS).map((_, i) => mixed(0x9e3779b9 ^ i));

/**
 * The least value of each of `length` permutations over a set of hashes: the share of equal places in two of them estimates
 * the Jaccard similarity of the sets (Broder 1997, "On the resemblance and containment of documents").
 */
export function minHash(shingles: Uint32Array, length: number): Uint32Array {
  const signature = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const factor = factors[i] ?? 1;
    const offset = offsets[i] ?? 0;
    let least = 0xffffffff;
    for (let at = 0; at < shingles.length; at++) {
      const value = (Math.imul(shingles[at] ?? 0, factor) + offset) >>> 0;
      if (value < least) least = value;
    }
    signature[i] = least;
  }
  return signature;
}

/** Hashes of every run of `size` code units. */
export function letterShingles(letters: string, size: number): Uint32Array {
  if (letters.length <= size) return letters === '' ? new Uint32Array() : Uint32Array.of(hash32(letters));
  const shingles = new Uint32Array(letters.length - size + 1);
  for (let at = 0; at < shingles.length; at++) {
    shingles[at] = hash32(letters, at, at + size);
  }
  return shingles;
}
