/** FNV-1a over UTF-16 code units, with a last mixing so that every bit counts. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** `hash32` of a text that comes unit by unit. */
export class Hash32 {
  #hash = 0x811c9dc5;
  #isEmpty = true;

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  add(unit: number): void {
    this.#hash = Math.imul(this.#hash ^ unit, 0x01000193);
    this.#isEmpty = false;
  }

  /** The hash of what was added; it begins anew. */
  take(): number {
    const hash = mixed(this.#hash);
    this.#hash = 0x811c9dc5;
    this.#isEmpty = true;
    return hash;
  }
}

function mixed(hash: number): number {
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
    let hash = 0x811c9dc5;
    for (let i = at; i < at + size; i++) hash = Math.imul(hash ^ letters.charCodeAt(i), 0x01000193);
    shingles[at] = mixed(hash);
  }
  return shingles;
}
