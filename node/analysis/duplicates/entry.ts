import type { WorkProfile } from '../../../vocab/same-work/index.ts';
import type { BlockId } from './block-id.ts';
import { blocksOf, titleBlockOf } from './blocking.ts';
import { KEY_LENGTH } from './layout.ts';
import { OUTLINE, outlineOf } from './outline.ts';

/** Where a record meets others, and by what it is told from them without a look at the disk. A function of its profile. */
export interface Place {
  outline: Uint32Array;
  blocks: readonly BlockId[];
  /** Those of the blocks in which its titles lie; not kept. */
  titles: readonly BlockId[];
}

export const placeOf = (profile: WorkProfile): Place => ({
  outline: outlineOf(profile),
  blocks: blocksOf(profile),
  titles: profile.titles.filter(({ weight }) => weight !== 'boilerplate').map(titleBlockOf),
});

const BLOCK_BYTES = 7;
const BLOCKS_AT = KEY_LENGTH + 4 * OUTLINE;
const WORD = 2 ** 32;

/** A record's key and place as they are read at the start. */
export function encodeEntry(key: string, { outline, blocks }: Pick<Place, 'outline' | 'blocks'>): Uint8Array {
  const bytes = Buffer.allocUnsafe(BLOCKS_AT + BLOCK_BYTES * blocks.length);
  let at = bytes.write(key, 0, KEY_LENGTH, 'latin1');
  for (const word of outline) at = bytes.writeUInt32LE(word, at);
  for (const block of blocks) {
    at = bytes.writeUInt32LE(block % WORD, at);
    at = bytes.writeUIntLE(Math.floor(block / WORD), at, BLOCK_BYTES - 4);
  }
  return bytes;
}

export function decodeEntry(bytes: Uint8Array): { key: string; outline: Uint32Array; blocks: BlockId[] } {
  const outline = new Uint32Array(OUTLINE);
  for (let i = 0; i < OUTLINE; i++) outline[i] = wordAt(bytes, KEY_LENGTH + 4 * i);
  const blocks: BlockId[] = [];
  for (let at = BLOCKS_AT; at < bytes.length; at += BLOCK_BYTES) {
    const above = (bytes[at + 4] ?? 0) | ((bytes[at + 5] ?? 0) << 8) | ((bytes[at + 6] ?? 0) << 16);
    blocks.push(wordAt(bytes, at) + above * WORD);
  }
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, KEY_LENGTH).toString('latin1');
  return { key, outline, blocks };
}

/** Little-endian, without sign. A start reads eleven million of them, so nothing is made for it. */
function wordAt(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
