import type { EntryRow } from './rows.ts';

export interface Bound {
  operator: '>' | '>=' | '<' | '<=';
  key: Buffer;
}

export interface PageQuery {
  lower: Bound | undefined;
  upper: Bound | undefined;
  reverse: boolean;
  columns: 'key' | 'key, value';
  limit: number;
}

/** A range as `abstract-level` hands it over: keys in the encoding that was asked for, a limit of -1 for none. */
export interface KeyRange {
  gt?: string | Uint8Array;
  gte?: string | Uint8Array;
  lt?: string | Uint8Array;
  lte?: string | Uint8Array;
  reverse: boolean;
  limit: number;
}

/** Most scans end early; those that go on get larger pages, as large as their rows allow. */
const FIRST_PAGE = 100;
const LARGEST_PAGE = 4_000;
const PAGE_BYTES = 2 * 1024 * 1024;

/** Reads a range page by page, each behind the last key of the one before: nothing is held between two of them. */
export class RangeScan {
  readonly #read: (query: PageQuery) => Promise<EntryRow[]>;
  readonly #columns: PageQuery['columns'];
  readonly #reverse: boolean;
  readonly #first: { lower: Bound | undefined; upper: Bound | undefined };
  #lower: Bound | undefined;
  #upper: Bound | undefined;
  /** Of what was read, the last first. */
  #page: EntryRow[] = [];
  #size: number;
  /** How many entries may still be given. */
  #left: number;
  #isAtEnd = false;

  constructor(
    range: KeyRange,
    { read, keysOnly }: { read: (query: PageQuery) => Promise<EntryRow[]>; keysOnly: boolean },
  ) {
    this.#read = read;
    this.#columns = keysOnly ? 'key' : 'key, value';
    this.#reverse = range.reverse;
    this.#first = { lower: lowerBound(range), upper: upperBound(range) };
    this.#lower = this.#first.lower;
    this.#upper = this.#first.upper;
    this.#left = range.limit < 0 ? Infinity : range.limit;
    this.#size = range.limit < 0 ? FIRST_PAGE : Math.min(range.limit, LARGEST_PAGE);
  }

  async next(): Promise<EntryRow | undefined> {
    if (this.#page.length === 0) await this.#fetch(1);
    this.#left -= Math.min(1, this.#page.length);
    return this.#page.pop();
  }

  /** The next `count` entries, or fewer: none only at the end. */
  async take(count: number): Promise<EntryRow[]> {
    if (this.#page.length === 0) await this.#fetch(count);
    const given = this.#page.splice(-count).toReversed();
    this.#left -= given.length;
    return given;
  }

  /** Goes to a key, forwards or backwards, within the range. */
  seek(target: Buffer): void {
    this.#page = [];
    const { lower, upper } = this.#first;
    this.#isAtEnd = !isWithin(target, lower) || !isWithin(target, upper);
    this.#lower = this.#reverse ? lower : { operator: '>=', key: target };
    this.#upper = this.#reverse ? { operator: '<=', key: target } : upper;
  }

  async #fetch(wanted: number): Promise<void> {
    if (this.#isAtEnd || this.#left <= 0) return;
    const limit = Math.min(Math.max(this.#size, Math.min(wanted, LARGEST_PAGE)), this.#left);
    const entries = await this.#read({
      lower: this.#lower,
      upper: this.#upper,
      reverse: this.#reverse,
      columns: this.#columns,
      limit,
    });
    const bytes = entries.reduce((sum, [key, value]) => sum + key.length + (value?.length ?? 0), 0);
    this.#isAtEnd = entries.length < limit;
    this.#size = nextSize(entries.length, bytes);
    const last = entries.at(-1)?.[0];
    if (last !== undefined && this.#reverse) this.#upper = { operator: '<', key: last };
    else if (last !== undefined) this.#lower = { operator: '>', key: last };
    this.#page = entries.toReversed();
  }
}

function nextSize(rows: number, bytes: number): number {
  const fitting = rows === 0 ? LARGEST_PAGE : Math.floor((PAGE_BYTES * rows) / Math.max(bytes, 1));
  return Math.max(1, Math.min(rows * 4, fitting, LARGEST_PAGE));
}

function lowerBound({ gt, gte }: KeyRange): Bound | undefined {
  if (gte !== undefined) return { operator: '>=', key: bytesOf(gte) };
  return gt === undefined ? undefined : { operator: '>', key: bytesOf(gt) };
}

function upperBound({ lt, lte }: KeyRange): Bound | undefined {
  if (lte !== undefined) return { operator: '<=', key: bytesOf(lte) };
  return lt === undefined ? undefined : { operator: '<', key: bytesOf(lt) };
}

function isWithin(key: Buffer, bound: Bound | undefined): boolean {
  if (bound === undefined) return true;
  const order = Buffer.compare(key, bound.key);
  if (order === 0) return bound.operator === '>=' || bound.operator === '<=';
  return bound.operator.startsWith('>') ? order > 0 : order < 0;
}

/** A key in the order of bytes, which is that of LevelDB. */
export function bytesOf(key: string | Uint8Array): Buffer {
  if (typeof key === 'string') return Buffer.from(key);
  return Buffer.isBuffer(key) ? key : Buffer.from(key.buffer, key.byteOffset, key.byteLength);
}
