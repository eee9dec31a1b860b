import type { NodeId } from '../../../vocab/record.ts';
import { writeBatch, WriteQueue, type Operation, type Section } from '../../store/index.ts';
import {
  decodeCounts,
  encodeCounts,
  allMonthsRange,
  itemKey,
  itemMonthKey,
  itemMonthRange,
  itemOfRow,
  itemRange,
  monthKey,
  monthOfMonthKey,
  monthRange,
  NODE_KEY,
  recordOfItemMonthKey,
  sum,
  type Counts,
} from './layout.ts';

const ROWS_AT_ONCE = 1_000;

export interface CountChange extends Counts {
  key: string;
  month: string;
}

export interface ItemCount extends Counts {
  key: string;
}

/**
 * The node's own counts, by item and month.
 *
 * A change is acknowledged when it is on disk. All changes that come while one write is under way go into the next, so
 * that a flood of hits costs few writes, and a single hit waits for nothing.
 */
export class ItemCounts {
  readonly #section: Section;
  readonly #writes = new WriteQueue();
  #waiting: CountChange[] = [];
  #nextWrite: Promise<void> | undefined;

  constructor(section: Section) {
    this.#section = section;
  }

  /** Resolves when the changes, and all that were given before them, are on disk. */
  add(changes: readonly CountChange[]): Promise<void> {
    this.#waiting.push(...changes);
    this.#nextWrite ??= this.#writes.run(() => this.#write());
    return this.#nextWrite;
  }

  async ofItem(key: string): Promise<Counts> {
    return decodeCounts(await this.#section.get(itemKey(key)));
  }

  /** The sums of all months in which anything was counted, in order. */
  async months(): Promise<({ month: string } & Counts)[]> {
    const rows = await this.#section.iterator(monthRange).all();
    return rows.map(([key, bytes]) => ({ month: monthOfMonthKey(key), ...decodeCounts(bytes) }));
  }

  /** The most used items of a month: by requests, then by investigations. */
  async topItems(month: string, limit: number): Promise<ItemCount[]> {
    const top: ItemCount[] = [];
    for await (const [key, bytes] of this.#section.iterator(itemMonthRange(month))) {
      const item = { key: recordOfItemMonthKey(key), ...decodeCounts(bytes) };
      const last = top.at(-1);
      if (item.investigations === 0 || (top.length === limit && last !== undefined && byUse(item, last) >= 0))
        continue;
      top.push(item);
      top.sort(byUse);
      if (top.length > limit) top.pop();
    }
    return top;
  }

  /**
   * Counts items under other keys, since the node has another id. What was counted under both is added up; it can be
   * broken off and begun again, and is done once an id.
   * @param keyOf the key now, where it is another
   */
  async rename(node: NodeId, keyOf: (key: string) => Promise<string | undefined>): Promise<void> {
    await this.#writes.run(async () => {
      const done = await this.#section.get(NODE_KEY);
      if (done !== undefined && Buffer.from(done).toString() === node) return;
      for await (const rows of this.#items()) {
        for (const [row, { month, key }] of rows) {
          const now = await keyOf(key);
          if (now === undefined) continue;
          const target = month === undefined ? itemKey(now) : itemMonthKey(month, now);
          const [before, there] = await this.#section.getMany([row, target]);
          if (before === undefined) continue;
          const value = encodeCounts(sum(decodeCounts(before), decodeCounts(there)));
          await writeBatch(
            this.#section,
            [
              { type: 'del', key: row },
              { type: 'put', key: target, value },
            ],
            { durable: false },
          );
        }
      }
      await writeBatch(this.#section, [{ type: 'put', key: NODE_KEY, value: Buffer.from(node) }], {
        durable: true,
      });
    });
  }

  /** The rows of single items, over all time and by month, some at a time. */
  async *#items(): AsyncGenerator<[row: string, item: { month?: string; key: string }][]> {
    for (const range of [itemRange, allMonthsRange]) {
      for (let after = range.gt; ;) {
        const rows = await this.#section.keys({ gt: after, lt: range.lt, limit: ROWS_AT_ONCE }).all();
        const last = rows.at(-1);
        if (last === undefined) break;
        yield rows.map((row) => [row, itemOfRow(row)]);
        after = last;
      }
    }
  }

  /** Resolves when everything that was given so far is on disk or has failed. */
  async idle(): Promise<void> {
    await this.#writes.idle();
  }

  async #write(): Promise<void> {
    const changes = this.#waiting;
    this.#waiting = [];
    this.#nextWrite = undefined;
    if (changes.length === 0) return;
    const byRow = new Map<string, Counts>();
    for (const change of changes)
      for (const row of [itemMonthKey(change.month, change.key), itemKey(change.key), monthKey(change.month)])
        byRow.set(row, sum(byRow.get(row) ?? { investigations: 0, requests: 0 }, change));
    const rows = [...byRow.keys()];
    const stored = await this.#section.getMany(rows);
    const operations = rows.map((key, i): Operation => {
      const change = byRow.get(key) ?? { investigations: 0, requests: 0 };
      return { type: 'put', key, value: encodeCounts(sum(decodeCounts(stored[i]), change)) };
    });
    await writeBatch(this.#section, operations, { durable: true });
  }
}

function byUse(a: ItemCount, b: ItemCount): number {
  return b.requests - a.requests || b.investigations - a.investigations || (a.key < b.key ? -1 : 1);
}
