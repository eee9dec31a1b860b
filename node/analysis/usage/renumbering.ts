import type { NodeId } from '../../../vocab/record.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { decodeCounts, encodeCounts } from './counts.ts';
import { decodeItems, encodeItems, pagesOf, type ItemCounts } from './item-counts.ts';
import { ItemSums } from './item-sums.ts';
import type { ItemNumbers } from './item-numbers.ts';
import {
  allBlocks,
  allMonths,
  allNumbers,
  allParts,
  lastOf,
  NODE_KEY,
  numberKeyOf,
  pageKey,
  PAGES,
  recordKeyOf,
} from './layout.ts';
import { bytesOf, joined, ROW_WORDS } from './rows.ts';

const ROWS_AT_ONCE = 1_000;

/**
 * Counts items under other keys, since the node has another id (docs/identity.md): their numbers begin with their keys, so
 * they get others everywhere. It can be broken off and begun again, and is done once an id.
 * @param keyOf the key now, where it is another
 */
export async function renumber(
  section: Section,
  items: ItemNumbers,
  { node, keyOf }: { node: NodeId; keyOf: (key: string) => Promise<string | undefined> },
): Promise<void> {
  const done = await section.get(NODE_KEY);
  if (done !== undefined && Buffer.from(done).toString() === node) return;
  const numbers = await newNumbers(section, items, keyOf);
  if (numbers.size > 0) {
    // What was counted under both keys of an item is added up.
    const renumbered = (lists: readonly ItemCounts[]): ItemCounts => {
      const sums = new ItemSums(lists.reduce((all, { items }) => all + items.length, 0));
      for (const { items, counts } of lists)
        sums.add({ items: items.map((item) => numbers.get(item) ?? item), counts }, 1);
      return sums.counts();
    };
    for await (const month of section.keys(allMonths))
      await renumberMonth(section, lastOf(month), renumbered);
    for await (const [key, bytes] of section.iterator(allParts)) {
      const { countedTo, ...counts } = decodeCounts(bytes);
      const value = encodeCounts({ ...counts, items: renumbered([counts.items]) }, countedTo);
      await writeBatch(section, [{ type: 'put', key, value }], { durable: false });
    }
    for await (const [key, bytes] of section.iterator(allBlocks)) {
      const rows = joined([bytes]);
      for (let at = 0; at < rows.length; at += ROW_WORDS)
        rows[at] = numbers.get(rows[at] ?? 0) ?? rows[at] ?? 0;
      await writeBatch(section, [{ type: 'put', key, value: bytesOf(rows) }], { durable: false });
    }
    await forgetNumbers(section, numbers);
  }
  await writeBatch(section, [{ type: 'put', key: NODE_KEY, value: Buffer.from(node) }], { durable: true });
}

/** The new number by the one before, of the items whose key is another. */
async function newNumbers(
  section: Section,
  items: ItemNumbers,
  keyOf: (key: string) => Promise<string | undefined>,
): Promise<Map<number, number>> {
  const numbers = new Map<number, number>();
  for await (const row of section.keys(allNumbers)) {
    const key = lastOf(row);
    const now = await keyOf(key);
    const before = now === undefined ? undefined : await items.numberOf(key);
    if (now === undefined || before === undefined) continue;
    const { number, operations } = await items.renamed(now);
    await writeBatch(section, operations, { durable: false });
    numbers.set(before, number);
  }
  return numbers;
}

/** A month at a time, in one batch: an item may move from any page to any other. */
async function renumberMonth(
  section: Section,
  month: string,
  renumbered: (lists: readonly ItemCounts[]) => ItemCounts,
): Promise<void> {
  const keys = Array.from({ length: PAGES }, (_, page) => pageKey(month, page));
  const stored = await section.getMany(keys);
  const pages = new Map(pagesOf(renumbered(stored.map(decodeItems))));
  const operations = keys.map((key, page): Operation => {
    const items = pages.get(page);
    return items === undefined ? { type: 'del', key } : { type: 'put', key, value: encodeItems(items) };
  });
  await writeBatch(section, operations, { durable: false });
}

async function forgetNumbers(section: Section, numbers: ReadonlyMap<number, number>): Promise<void> {
  const before = [...numbers.keys()];
  for (let from = 0; from < before.length; from += ROWS_AT_ONCE) {
    const rows = before.slice(from, from + ROWS_AT_ONCE).map(recordKeyOf);
    const keys = await section.getMany(rows);
    const operations = rows.flatMap((row, i): Operation[] => [
      { type: 'del', key: row },
      { type: 'del', key: numberKeyOf(Buffer.from(keys[i] ?? []).toString()) },
    ]);
    await writeBatch(section, operations, { durable: false });
  }
}
