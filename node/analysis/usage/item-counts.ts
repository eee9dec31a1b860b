import { noUse, type Metrics } from '../../../protocols/counter/index.ts';

/** People's four metrics, then machines', in the order of `Metrics`. */
export const COLUMNS = 8;
export const HUMAN_COLUMNS = 4;

/** How often items were used: ascending by their numbers, with `COLUMNS` counts each. Differences may be negative. */
export interface ItemCounts {
  items: Uint32Array;
  counts: Int32Array;
}

export const NO_ITEMS: ItemCounts = { items: new Uint32Array(0), counts: new Int32Array(0) };

/** Both together, without items that come to nothing. */
export function combined(a: ItemCounts, b: ItemCounts): ItemCounts {
  const most = a.items.length + b.items.length;
  const items = new Uint32Array(most);
  const counts = new Int32Array(most * COLUMNS);
  let at = 0;
  for (let i = 0, j = 0; i < a.items.length || j < b.items.length;) {
    const left = a.items[i] ?? Infinity;
    const right = b.items[j] ?? Infinity;
    let isAny = false;
    for (let column = 0; column < COLUMNS; column++) {
      const own = left <= right ? (a.counts[i * COLUMNS + column] ?? 0) : 0;
      const other = right <= left ? (b.counts[j * COLUMNS + column] ?? 0) : 0;
      const sum = own + other;
      counts[at * COLUMNS + column] = sum;
      isAny ||= sum !== 0;
    }
    if (isAny) items[at++] = Math.min(left, right);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return { items: items.slice(0, at), counts: counts.slice(0, at * COLUMNS) };
}

/** The items parted by the page that their number begins with. */
export function* pagesOf({ items, counts }: ItemCounts): Generator<[page: number, ItemCounts]> {
  for (let from = 0; from < items.length;) {
    const page = (items[from] ?? 0) >>> 24;
    let to = from + 1;
    while (to < items.length && (items[to] ?? 0) >>> 24 === page) to++;
    yield [page, { items: items.subarray(from, to), counts: counts.subarray(from * COLUMNS, to * COLUMNS) }];
    from = to;
  }
}

/** @param first 0 for people's metrics, `HUMAN_COLUMNS` for machines' */
export function metricsAt(counts: Int32Array | readonly number[], row: number, first = 0): Metrics {
  const at = row * COLUMNS + first;
  return {
    totalInvestigations: counts[at] ?? 0,
    uniqueInvestigations: counts[at + 1] ?? 0,
    totalRequests: counts[at + 2] ?? 0,
    uniqueRequests: counts[at + 3] ?? 0,
  };
}

export function isAnyUse(metrics: Metrics): boolean {
  return metrics.totalInvestigations !== 0;
}

/** What one item has in a list, or nothing. */
export function metricsOfItem({ items, counts }: ItemCounts, item: number): Metrics {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] ?? 0) < item) low = middle + 1;
    else high = middle;
  }
  return items[low] === item ? metricsAt(counts, low) : noUse;
}

/**
 * As bytes: for each item the distance from the one before, a bit for each count that is not 0, and those counts; all
 * numbers as varints. Only sums are stored, no differences.
 */
export function encodeItems({ items, counts }: ItemCounts): Uint8Array {
  const bytes = new Uint8Array(items.length * (6 + 5 * COLUMNS));
  let at = 0;
  const varint = (value: number): void => {
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
    bytes[at++] = rest;
  };
  let before = 0;
  for (let row = 0; row < items.length; row++) {
    const item = items[row] ?? 0;
    varint(item - before);
    before = item;
    let mask = 0;
    for (let column = 0; column < COLUMNS; column++)
      if (counts[row * COLUMNS + column] !== 0) mask |= 1 << column;
    bytes[at++] = mask;
    for (let column = 0; column < COLUMNS; column++)
      if (mask & (1 << column)) varint(counts[row * COLUMNS + column] ?? 0);
  }
  return bytes.slice(0, at);
}

export function decodeItems(bytes: Uint8Array | undefined): ItemCounts {
  if (bytes === undefined || bytes.length === 0) return NO_ITEMS;
  // The least that an item takes: its distance, the bits, and one count.
  const most = Math.ceil(bytes.length / 3);
  const items = new Uint32Array(most);
  const counts = new Int32Array(most * COLUMNS);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  let row = 0;
  for (let item = 0; at < bytes.length; row++) {
    item += varint();
    items[row] = item;
    const mask = bytes[at++] ?? 0;
    for (let column = 0; column < COLUMNS; column++)
      if (mask & (1 << column)) counts[row * COLUMNS + column] = varint();
  }
  return { items: items.slice(0, row), counts: counts.slice(0, row * COLUMNS) };
}
