import { sha256 } from '../../vocab/sha256.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH_BYTES = 32;

/** A leaf's hash (RFC 9162 §2.1.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return hashOf(LEAF, leaf);
}

interface MerkleTree {
  root: Uint8Array;
  /** For each leaf the hashes that lead from it to the root, from the bottom up (RFC 9162 §2.1.3.1). */
  paths: Uint8Array[][];
}

/** The Merkle tree over leaf hashes in their order (RFC 9162 §2.1.1), at least one. */
export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  const [only] = leaves;
  if (only === undefined) throw new RangeError('a Merkle tree has at least one leaf');
  if (leaves.length === 1) return { root: only, paths: [[]] };
  const split = largestPowerOfTwoBelow(leaves.length);
  const left = merkleTree(leaves.slice(0, split));
  const right = merkleTree(leaves.slice(split));
  for (const path of left.paths) path.push(right.root);
  for (const path of right.paths) path.push(left.root);
  return { root: hashOf(NODE, left.root, right.root), paths: [...left.paths, ...right.paths] };
}

/**
 * The root that a leaf and its path lead to (RFC 9162 §2.1.3.2), or undefined where the path cannot be one of a tree of
 * that size.
 */
export function rootOf(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index >= size) return undefined;
  let fn = index;
  let sn = size - 1;
  let result = leaf;
  for (const sibling of path) {
    if (sn === 0 || sibling.length !== HASH_BYTES) return undefined;
    if ((fn & 1) === 1 || fn === sn) {
      result = hashOf(NODE, sibling, result);
      while (fn !== 0 && (fn & 1) === 0) {
        fn >>>= 1;
        sn >>>= 1;
      }
    } else {
      result = hashOf(NODE, result, sibling);
    }
    fn >>>= 1;
    sn >>>= 1;
  }
  return sn === 0 ? result : undefined;
}

/** Hashes kept of one tree, so that one of a million leaves does not fill the memory. */
const NODES_KEPT = 4_096;

/**
 * One tree whose root is known to be right. It keeps the hashes that were found to be of the tree, so that the next path
 * costs only what is new in it: of a whole tree each hash is made once, and no answer differs from that of `rootOf`.
 */
export class ProvedTree {
  readonly #root: Uint8Array;
  readonly #size: number;
  /** By level and index: those of a path that led to the root, and of its siblings. */
  #known = new Map<number, Uint8Array>();

  constructor(root: Uint8Array, size: number) {
    this.#root = root;
    this.#size = size;
  }

  /** Whether the path leads from the leaf to the root. */
  proves(leaf: Uint8Array, index: number, path: readonly Uint8Array[]): boolean {
    if (index >= this.#size) return false;
    const seen: [place: number, hash: Uint8Array][] = [];
    let [fn, sn, level, result] = [index, this.#size - 1, 0, leaf];
    let isKnown = false;
    for (const sibling of path) {
      if (sn === 0 || sibling.length !== HASH_BYTES) return false;
      const isRight = (fn & 1) === 1 || fn === sn;
      if (!isKnown) {
        const known = this.#known.get(placeOf(level, fn));
        if (known !== undefined && !equal(known, result)) return false;
        isKnown = known !== undefined;
        seen.push([placeOf(level, fn), result]);
      }
      if (isRight && (fn & 1) === 0) {
        // The last of its level has no sibling there: it stands as it is, up to where it has one.
        while (fn !== 0 && (fn & 1) === 0) {
          fn >>>= 1;
          sn >>>= 1;
          level += 1;
        }
        if (!isKnown) seen.push([placeOf(level, fn), result]);
      }
      const beside = placeOf(level, isRight ? fn - 1 : fn + 1);
      if (isKnown) {
        const known = this.#known.get(beside);
        if (known === undefined || !equal(known, sibling)) return false;
      } else {
        // A copy: whose bytes they are may be given away with the rest of a page.
        seen.push([beside, new Uint8Array(sibling)]);
        result = isRight ? hashOf(NODE, sibling, result) : hashOf(NODE, result, sibling);
      }
      fn >>>= 1;
      sn >>>= 1;
      level += 1;
    }
    if (sn !== 0 || (!isKnown && !equal(result, this.#root))) return false;
    this.#keep(seen);
    return true;
  }

  #keep(nodes: readonly [number, Uint8Array][]): void {
    if (this.#known.size + nodes.length > NODES_KEPT) this.#known = new Map();
    for (const [place, hash] of nodes) this.#known.set(place, hash);
  }
}

/** Levels and indexes of trees of up to 2^32 leaves, each as one number. */
function placeOf(level: number, index: number): number {
  return level * 2 ** 32 + index;
}

/** Of two hashes, as long as each other: a call out of JavaScript would cost more. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < HASH_BYTES; i++) if (a[i] !== b[i]) return false;
  return true;
}

function largestPowerOfTwoBelow(n: number): number {
  return 2 ** (31 - Math.clz32(n - 1));
}

/** What is hashed is put together here, where it fits. */
const scratch = new Uint8Array(4 * 1024);

function hashOf(...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > scratch.length) return sha256(Buffer.concat(parts));
  let at = 0;
  for (const part of parts) {
    scratch.set(part, at);
    at += part.length;
  }
  return sha256(scratch.subarray(0, length));
}
