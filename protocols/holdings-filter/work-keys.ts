import { hash } from 'node:crypto';
import type { Record as NgrRecord } from '../../vocab/record.ts';
import { byBlock, matchKeys } from '../../vocab/same-work/index.ts';

/** 64 bits in 16 hex digits: what a filter holds of one thing by which a record meets others of the same work. */
export type WorkKey = string;

const DIGITS = 16;
/** More than the match keys that a record can have: 17 identifiers, and its ISBNs and titles with one another. */
export const MAX_WORK_KEYS = 64;

/**
 * The keys of a record: the first 64 bits of SHA-256 of each of its match keys (`vocab/same-work`): DOI, published DOI,
 * arXiv, PubMed, Handle; ISBN with title; title with year. They are those that duplicates are found by, so that a lookup
 * finds what following would have found; whether an author is the same, too, is seen on the answer.
 *
 * A key is found out from its work, never the work from its key.
 */
export function workKeys(record: NgrRecord): WorkKey[] {
  const keys = [...byBlock(matchKeys(record)).keys()].map(keyOfBlock);
  return [...new Set(keys)].slice(0, MAX_WORK_KEYS);
}

function keyOfBlock(block: string): WorkKey {
  return hash('sha256', block, 'hex').slice(0, DIGITS);
}

/** Keys side by side, 8 bytes each, as they are sent and as a filter is made of them. */
export function packWorkKeys(keys: readonly WorkKey[]): Uint8Array {
  return Buffer.from(keys.join(''), 'hex');
}

/** @param bytes a multiple of 8 */
export function unpackWorkKeys(bytes: Uint8Array): WorkKey[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return Array.from({ length: bytes.length / 8 }, (_, i) => text.slice(i * DIGITS, (i + 1) * DIGITS));
}
