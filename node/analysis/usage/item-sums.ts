import { COLUMNS, type ItemCounts } from './item-counts.ts';
import { Numbering } from './numbering.ts';

/** Adds up counts of items that come in any order. */
export class ItemSums {
  readonly #items: Numbering;
  #sums: Int32Array;

  constructor(expected: number) {
    this.#items = new Numbering(expected);
    this.#sums = new Int32Array(Math.max(16, expected) * COLUMNS);
  }

  add({ items, counts }: ItemCounts, sign: 1 | -1): void {
    for (let row = 0; row < items.length; row++) {
      const at = this.#items.of(0, items[row] ?? 0) * COLUMNS;
      if (at >= this.#sums.length) {
        const more = new Int32Array(this.#sums.length * 2);
        more.set(this.#sums);
        this.#sums = more;
      }
      for (let column = 0; column < COLUMNS; column++)
        this.#sums[at + column] =
          (this.#sums[at + column] ?? 0) + sign * (counts[row * COLUMNS + column] ?? 0);
    }
  }

  /** Without items that come to nothing. */
  counts(): ItemCounts {
    return itemsByNumber(this.#items, this.#sums);
  }
}

/** From the order in which items were met to that of their numbers, without those that come to nothing. */
export function itemsByNumber(items: Numbering, sums: Int32Array): ItemCounts {
  const order = new BigUint64Array(items.size);
  const pairs = new Uint32Array(order.buffer);
  let used = 0;
  for (let n = 0; n < items.size; n++) {
    if (isNothing(sums, n * COLUMNS)) continue;
    pairs[used * 2] = n;
    pairs[used * 2 + 1] = items.low(n);
    used++;
  }
  order.subarray(0, used).sort();
  const sorted = new Uint32Array(used);
  const counts = new Int32Array(used * COLUMNS);
  for (let row = 0; row < used; row++) {
    const from = (pairs[row * 2] ?? 0) * COLUMNS;
    sorted[row] = pairs[row * 2 + 1] ?? 0;
    for (let column = 0; column < COLUMNS; column++)
      counts[row * COLUMNS + column] = sums[from + column] ?? 0;
  }
  return { items: sorted, counts };
}

function isNothing(sums: Int32Array, from: number): boolean {
  for (let at = from; at < from + COLUMNS; at++) if (sums[at] !== 0) return false;
  return true;
}
