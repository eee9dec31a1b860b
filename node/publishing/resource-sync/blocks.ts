import type { Operation, Section } from '../../store/index.ts';
import { blockKey, blockRange, dayOf, decodeBlock, encodeBlock, type Amount, type Block } from './layout.ts';

/** The blocks that one batch changes, before it is written. */
export class BlockChanges {
  readonly #section: Section;
  readonly #size: number;
  readonly #changed = new Map<number, Block>();
  #last: Block | undefined;

  /** @param size entries of a list of changes that a block may have; one row may have more */
  constructor(section: Section, last: Block | undefined, size: number) {
    this.#section = section;
    this.#size = size;
    this.#last = last;
  }

  get last(): Block | undefined {
    return this.#last;
  }

  append(place: number, time: number, amount: Amount): void {
    const last = this.#last;
    const day = dayOf(time);
    const fits = last?.day === day && last.all.changes + amount.changes <= this.#size;
    const block: Block =
      last !== undefined && fits
        ? {
            ...last,
            upTo: place,
            touched: time,
            all: sum(last.all, amount, 1),
            left: sum(last.left, amount, 1),
          }
        : {
            day,
            // Where the one before ends, so that no place lies between two.
            after: last?.upTo ?? 0,
            upTo: place,
            from: time,
            touched: time,
            all: amount,
            left: amount,
            replaced: 0,
          };
    this.#put(block);
    this.#last = block;
  }

  /** A row of the block was replaced by a later one, at `now`. */
  async replace(place: number, row: { time: number; amount: Amount }, now: number): Promise<void> {
    const block = await this.#at(place, dayOf(row.time));
    if (block === undefined) return;
    this.#put({
      ...block,
      touched: now,
      left: sum(block.left, row.amount, -1),
      replaced: block.replaced + 1,
    });
  }

  operations(): Operation[] {
    return [...this.#changed.values()].map((block) => ({
      type: 'put',
      key: blockKey(block.day, block.after),
      value: encodeBlock(block),
    }));
  }

  #put(block: Block): void {
    this.#changed.set(block.after, block);
    if (this.#last?.after === block.after) this.#last = block;
  }

  async #at(place: number, day: number): Promise<Block | undefined> {
    const holds = ({ after, upTo }: Block): boolean => after < place && place <= upTo;
    if (this.#last !== undefined && holds(this.#last)) return this.#last;
    for (const block of this.#changed.values()) if (holds(block)) return block;
    const options = { gte: blockKey(day, 0), lt: blockKey(day, place), reverse: true, limit: 1 };
    for await (const bytes of this.#section.values(options)) return decodeBlock(bytes);
    return undefined;
  }
}

export async function lastBlock(section: Section, lastDay?: number): Promise<Block | undefined> {
  const options = { ...blockRange(0, lastDay), reverse: true, limit: 1 };
  for await (const bytes of section.values(options)) return decodeBlock(bytes);
  return undefined;
}

export function sum(one: Amount, other: Amount, times: 1 | -1): Amount {
  return {
    changes: one.changes + times * other.changes,
    records: one.records + times * other.records,
    resources: one.resources + times * other.resources,
    packed: one.packed + times * other.packed,
  };
}
