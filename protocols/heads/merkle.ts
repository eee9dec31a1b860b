import { hash } from 'node:crypto';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH_BYTES = 32;

/** A leaf's hash (RFC 9162 §2.1.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(LEAF, leaf);
}

export interface MerkleTree {
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
  return { root: sha256(NODE, left.root, right.root), paths: [...left.paths, ...right.paths] };
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
      result = sha256(NODE, sibling, result);
      while (fn !== 0 && (fn & 1) === 0) {
        fn >>>= 1;
        sn >>>= 1;
      }
    } else {
      result = sha256(NODE, result, sibling);
    }
    fn >>>= 1;
    sn >>>= 1;
  }
  return sn === 0 ? result : undefined;
}

function largestPowerOfTwoBelow(n: number): number {
  return 2 ** (31 - Math.clz32(n - 1));
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}
