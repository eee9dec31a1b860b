import { createHash } from 'node:crypto';
import type { Vector } from './vectors.ts';

/*
 * The section `dense`, one row a record:
 *
 *   v!<record>   first 16 bytes of the SHA-256 of the text · scale, float32 little-endian · a signed byte a number
 *
 * Another form of rows, another model, vocabulary or setting is another version of the reader, which begins anew.
 */

/** Part of the reader's version. */
export const LAYOUT = 1;

const HASH_BYTES = 16;
const SCALE_AT = HASH_BYTES;
const NUMBERS_AT = SCALE_AT + 4;

export const rowKey = (record: string): string => `v!${record}`;
export const rowRange = { gt: 'v!', lt: 'v"' } as const;

export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, HASH_BYTES);
}

export function encodeRow(hash: Uint8Array, { numbers, scale }: Vector): Uint8Array {
  const row = Buffer.alloc(NUMBERS_AT + numbers.length);
  row.set(hash);
  row.writeFloatLE(scale, SCALE_AT);
  row.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.length), NUMBERS_AT);
  return row;
}

export function hasHash(row: Uint8Array, hash: Uint8Array): boolean {
  return Buffer.compare(row.subarray(0, HASH_BYTES), hash) === 0;
}

export function vectorOf(row: Uint8Array): Vector {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  return {
    numbers: new Int8Array(row.buffer, row.byteOffset + NUMBERS_AT, row.byteLength - NUMBERS_AT),
    scale: view.getFloat32(SCALE_AT, true),
  };
}
