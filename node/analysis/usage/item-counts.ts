import { writeBatch, WriteQueue, type Operation, type Section } from '../../store/index.ts';
import {
  decodeCounts,
  encodeCounts,
  itemKey,
  itemMonthKey,
  itemMonthRange,
  monthKey,
  monthOfMonthKey,
  monthRange,
  recordOfItemMonthKey,
  sum,
  type Counts,
} from './layout.ts';

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
