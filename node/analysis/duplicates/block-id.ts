/**
 * The name of a block, as a number: 32 and 15 bits of a hash (what else falls together by chance is compared and told apart),
 * two bits for how much it tells to meet there, and two for how often the block was refined.
 */
export type BlockId = number;

const WORD = 2 ** 32;
/** How many places there are for the upper part of the hash. */
export const BUCKETS = 2 ** 15;
const SURE = WORD * BUCKETS;
const WEAK = SURE * 2;
const DEPTH = WEAK * 2;

/**
 * What it tells that records meet in a block. `sure`: an identifier; they are compared whatever else they say. `weak`: pages or
 * an abstract, which hardly more than a few copies have in common, unless they are a form's.
 */
export type Telling = 'sure' | 'plain' | 'weak';
const flags: Readonly<Record<Telling, number>> = { sure: SURE, plain: 0, weak: WEAK };

export function blockId(one: number, other: number, telling: Telling): BlockId {
  return (other >>> 0) + (one & (BUCKETS - 1)) * WORD + flags[telling];
}

/** The block of what has this text, among those of a kind. */
export function blockOf(kind: number, text: string, telling: Telling): BlockId {
  let one = Math.imul(kind, 0x9e3779b1) ^ 0x811c9dc5;
  let other = Math.imul(kind, 0x85ebca6b) ^ text.length;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    one = Math.imul(one ^ sign, 0x01000193);
    other = Math.imul(other ^ sign, 0x5bd1e995);
    other ^= other >>> 13;
  }
  return blockId(mixed(one), mixed(other), telling);
}

/** The smaller block into which those of a block fall that have this hash in common. */
export function partOf(block: BlockId, hash: number): BlockId {
  const [one, other] = [bucketOf(block), placeOf(block)];
  const telling = isSure(block) ? 'sure' : isWeak(block) ? 'weak' : 'plain';
  const above = mixed(Math.imul(one, 0x9e3779b1) ^ hash);
  const below = mixed(other ^ Math.imul(hash, 0x85ebca6b));
  return blockId(above, below, telling) + (depthOf(block) + 1) * DEPTH;
}

// A bit operation takes the lower 32 bits of a whole number of any size (ECMAScript, ToInt32), and drops what a division leaves.
export const bucketOf = (block: BlockId): number => (block / WORD) & (BUCKETS - 1);
export const placeOf = (block: BlockId): number => block >>> 0;
export const isSure = (block: BlockId): boolean => ((block / SURE) & 1) === 1;
export const isWeak = (block: BlockId): boolean => ((block / WEAK) & 1) === 1;
/** How often it was refined: 0 to 2. */
export const depthOf = (block: BlockId): number => (block / DEPTH) | 0;

function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
