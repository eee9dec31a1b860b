import type { Metrics } from '../counter/index.ts';
import type { IdentifierHash } from './item-identifiers.ts';
import type { WorksState } from './summary.ts';
import { MAX_ITEM_COUNT, MOST_ITEMS, PAGES } from './works-limits.ts';
import { HASH_BYTES, writeVarint } from './works-page.ts';
import { worksDigest } from './works.ts';

const METRICS = 4;
const LAST_HALF = 0x00ff_ffff;
/** A varint of 32 bits. */
const LONGEST_VARINT = 5;
const ITEMS_AT_FIRST = 1_024;
const ROWS_AT_FIRST = 16;

/** Rows of one page, as they come. */
interface PageRows {
  count: number;
  highs: Uint32Array;
  lows: Uint32Array;
  items: Uint32Array;
}

/** Makes the pages of a month's works, of items in any order. It takes some 40 bytes of memory an item. */
export class WorksWriter {
  readonly #pages: (PageRows | undefined)[] = Array.from({ length: PAGES }, () => undefined);
  #uses = new Uint32Array(ITEMS_AT_FIRST * METRICS);
  #items = 0;

  /**
   * Adds an item. More than a month may have are left out.
   * @param hashes of its names, at least one
   * @returns whether it was taken
   */
  add(hashes: readonly IdentifierHash[], metrics: Metrics): boolean {
    if (this.#items === MOST_ITEMS) return false;
    const item = this.#items++;
    const at = item * METRICS;
    if (at === this.#uses.length) this.#uses = grown(this.#uses);
    this.#uses[at] = Math.min(metrics.totalInvestigations, MAX_ITEM_COUNT);
    this.#uses[at + 1] = Math.min(metrics.uniqueInvestigations, MAX_ITEM_COUNT);
    this.#uses[at + 2] = Math.min(metrics.totalRequests, MAX_ITEM_COUNT);
    this.#uses[at + 3] = Math.min(metrics.uniqueRequests, MAX_ITEM_COUNT);
    for (const hash of hashes) this.#addRow(hash, item);
    return true;
  }

  /** All pages. An identifier that two items have counts for the first of them; one that has none left counts no more. */
  finish(): { pages: Uint8Array[]; state: WorksState } {
    const numbers = new Map<number, number>();
    const pages = this.#pages.map((rows) =>
      rows === undefined ? new Uint8Array() : this.#page(rows, numbers),
    );
    const bytes = pages.reduce((sum, { length }) => sum + length, 0);
    return { pages, state: { count: numbers.size, bytes, digest: worksDigest(pages) } };
  }

  #addRow({ high, low }: IdentifierHash, item: number): void {
    const page = high >>> 24;
    const rows = (this.#pages[page] ??= {
      count: 0,
      highs: new Uint32Array(ROWS_AT_FIRST),
      lows: new Uint32Array(ROWS_AT_FIRST),
      items: new Uint32Array(ROWS_AT_FIRST),
    });
    if (rows.count === rows.items.length) {
      rows.highs = grown(rows.highs);
      rows.lows = grown(rows.lows);
      rows.items = grown(rows.items);
    }
    rows.highs[rows.count] = high & LAST_HALF;
    rows.lows[rows.count] = low;
    rows.items[rows.count] = item;
    rows.count += 1;
  }

  /** @param numbers of the items, in the order in which they are first written */
  #page({ count, highs, lows, items }: PageRows, numbers: Map<number, number>): Uint8Array {
    const inOrder = Uint32Array.from({ length: count }, (_, i) => i).sort(
      (a, b) => at(highs, a) - at(highs, b) || at(lows, a) - at(lows, b) || at(items, a) - at(items, b),
    );
    const rows = inOrder.filter((row, i) => {
      const before = inOrder[i - 1];
      return (
        before === undefined || at(highs, row) !== at(highs, before) || at(lows, row) !== at(lows, before)
      );
    });
    const page = new Uint8Array(LONGEST_VARINT + rows.length * (HASH_BYTES + (1 + METRICS) * LONGEST_VARINT));
    const view = new DataView(page.buffer);
    let end = writeVarint(page, 0, rows.length);
    for (const row of rows) {
      const high = at(highs, row);
      page[end] = high >>> 16;
      page[end + 1] = high >>> 8;
      page[end + 2] = high;
      view.setUint32(end + 3, at(lows, row));
      end += HASH_BYTES;
    }
    for (const row of rows) {
      const item = at(items, row);
      const number = numbers.get(item) ?? numbers.size;
      numbers.set(item, number);
      end = writeVarint(page, end, number);
      for (let i = 0; i < METRICS; i++) end = writeVarint(page, end, at(this.#uses, item * METRICS + i));
    }
    return page.slice(0, end);
  }
}

function at(values: Uint32Array, i: number): number {
  return values[i] ?? 0;
}

function grown(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}
