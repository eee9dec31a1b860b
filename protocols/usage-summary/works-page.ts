/**
 * One page of a month's works: the rows of identifiers whose hashes begin with the same byte, which is the page's number.
 *
 *     rows       varint
 *     hashes     rows x 7 bytes: the 2nd to the 8th byte of each hash, ascending, no two the same
 *     uses       rows x (item, and its four metrics: varints)
 *
 * Hashes stand by themselves, so that one is found without reading the uses of others. `item` counts the month's items from 0;
 * rows of one item say the same. A page without rows has no bytes. Varints are unsigned LEB128, of 32 bits.
 */
import { metricsOfTuple, type Metrics } from '../counter/index.ts';
import { malformedWorks } from './errors.ts';
import type { IdentifierHash } from './item-identifiers.ts';

export const HASH_BYTES = 7;
const LAST_HALF = 0x00ff_ffff;

export interface WorksRow {
  hash: IdentifierHash;
  /** The item's number in its month. */
  item: number;
  metrics: Metrics;
}

/** A place in bytes, which moves on as they are read. */
interface Place {
  at: number;
}

/** @throws UsageSummaryError `USAGE_WORKS_MALFORMED` at the end of the bytes, and for more than 32 bits */
function readVarint(bytes: Uint8Array, place: Place): number {
  let value = 0;
  for (let scale = 1; scale <= 0x1000_0000; scale *= 0x80) {
    const byte = bytes[place.at++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      if (value > 0xffff_ffff) break;
      return value;
    }
  }
  throw malformedWorks('a number is not whole');
}

export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let next = at;
  while (rest >= 0x80) {
    bytes[next++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[next++] = rest;
  return next;
}

/** How many rows a page has, and where its hashes begin. @throws UsageSummaryError where they do not fit into it */
export function headOf(page: Uint8Array): { rows: number; hashesAt: number; usesAt: number } {
  if (page.length === 0) return { rows: 0, hashesAt: 0, usesAt: 0 };
  const place = { at: 0 };
  const rows = readVarint(page, place);
  const usesAt = place.at + rows * HASH_BYTES;
  if (rows === 0 || usesAt > page.length) throw malformedWorks('a page has not the rows that it says');
  return { rows, hashesAt: place.at, usesAt };
}

/** The row of an identifier, or undefined where the page has none. Pages are checked before they are kept. */
export function rowOf(page: Uint8Array, hash: IdentifierHash): Omit<WorksRow, 'hash'> | undefined {
  const { rows, hashesAt, usesAt } = headOf(page);
  const high = hash.high & LAST_HALF;
  let [from, to] = [0, rows];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = compareAt(page, hashesAt + middle * HASH_BYTES, high, hash.low);
    if (order === 0) return usesOf(page, usesAt, middle);
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return undefined;
}

/** Takes a row: the two halves of its hash, its item, and its four metrics. */
type TakeRow = (
  high: number,
  low: number,
  item: number,
  totalInvestigations: number,
  uniqueInvestigations: number,
  totalRequests: number,
  uniqueRequests: number,
) => void;

/** Hands over all rows of a page; there may be tens of thousands. @throws UsageSummaryError `USAGE_WORKS_MALFORMED` */
export function eachRow(number: number, page: Uint8Array, take: TakeRow): void {
  const { rows, hashesAt, usesAt } = headOf(page);
  const place = { at: usesAt };
  for (let row = 0; row < rows; row++) {
    const at = hashesAt + row * HASH_BYTES;
    const item = readVarint(page, place);
    const a = readVarint(page, place);
    const b = readVarint(page, place);
    const c = readVarint(page, place);
    const d = readVarint(page, place);
    take(number * 0x100_0000 + highAt(page, at), lowAt(page, at), item, a, b, c, d);
  }
  if (place.at !== page.length) throw malformedWorks('a page has more than its rows');
}

/** The same as a list. @throws UsageSummaryError `USAGE_WORKS_MALFORMED` */
export function rowsOf(number: number, page: Uint8Array): WorksRow[] {
  const rows: WorksRow[] = [];
  eachRow(number, page, (high, low, item, ...uses) => {
    rows.push({ hash: { high, low }, item, metrics: metricsOfTuple(uses) });
  });
  return rows;
}

/** The three bytes of a hash behind its first. */
function highAt(page: Uint8Array, at: number): number {
  return ((page[at] ?? 0) << 16) | ((page[at + 1] ?? 0) << 8) | (page[at + 2] ?? 0);
}

function lowAt(page: Uint8Array, at: number): number {
  return (
    (((page[at + 3] ?? 0) << 24) |
      ((page[at + 4] ?? 0) << 16) |
      ((page[at + 5] ?? 0) << 8) |
      (page[at + 6] ?? 0)) >>>
    0
  );
}

function compareAt(page: Uint8Array, at: number, high: number, low: number): number {
  return highAt(page, at) - high || lowAt(page, at) - low;
}

/** Rows are few, and a varint ends with the first byte below 0x80. */
function usesOf(page: Uint8Array, usesAt: number, row: number): Omit<WorksRow, 'hash'> {
  const place = { at: usesAt };
  for (let left = row * 5; left > 0; place.at++) if ((page[place.at] ?? 0) < 0x80) left -= 1;
  return nextUses(page, place);
}

function nextUses(page: Uint8Array, place: Place): Omit<WorksRow, 'hash'> {
  const item = readVarint(page, place);
  const totalInvestigations = readVarint(page, place);
  const uniqueInvestigations = readVarint(page, place);
  const totalRequests = readVarint(page, place);
  const uniqueRequests = readVarint(page, place);
  return { item, metrics: { totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests } };
}
