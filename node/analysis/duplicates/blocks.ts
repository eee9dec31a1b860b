import type { Operation, Section } from '../../store/index.ts';
import {
  blockKey,
  decodeBlock,
  encodeBlock,
  KEY_LENGTH,
  overflowKey,
  overflowRange,
  type BlockValue,
} from './layout.ts';

const NOTHING = new Uint8Array();
const NOBODY: readonly string[] = [];

/** What happened in one batch to a block that had many records or has many now. */
export interface BlockChange {
  block: string;
  wasMany: boolean;
  isMany: boolean;
  joined: readonly string[];
  left: readonly string[];
  /** All that were in it, and are in it now, where it became one of many or ceases to be one. */
  before: readonly string[];
  after: readonly string[];
}

/**
 * Which records lie in which block, as of one batch of changes: read from the section once, changed in memory.
 *
 * A block of more than `limit` records has many: its records are then kept one by one, so that each further one costs
 * the same, and are put together again when enough have left.
 */
export class Blocks {
  readonly #section: Section;
  readonly #limit: number;
  readonly #stored = new Map<string, BlockValue>();
  readonly #now = new Map<string, BlockValue>();
  readonly #moves = new Map<string, { joined: string[]; left: string[] }>();
  readonly #operations: Operation[] = [];

  constructor(section: Section, limit: number) {
    this.#section = section;
    this.#limit = limit;
  }

  async load(blocks: Iterable<string>): Promise<void> {
    const wanted = new Set<string>();
    for (const block of blocks) if (!this.#stored.has(block)) wanted.add(block);
    if (wanted.size === 0) return;
    const missing = [...wanted];
    const values = await this.#section.getMany(missing.map(blockKey));
    for (const [i, block] of missing.entries()) {
      const bytes = values[i];
      this.#stored.set(block, bytes === undefined ? NOBODY : decodeBlock(bytes));
    }
  }

  /** The records in a loaded block before the batch, or how many where they are many. */
  stored(block: string): BlockValue {
    return this.#stored.get(block) ?? NOBODY;
  }

  /** The same after the batch. */
  now(block: string): BlockValue {
    return this.#now.get(block) ?? this.stored(block);
  }

  join(block: string, record: string): void {
    const { joined, left } = this.#movesOf(block);
    if (!taken(left, record)) joined.push(record);
  }

  leave(block: string, record: string): void {
    const { joined, left } = this.#movesOf(block);
    if (!taken(joined, record)) left.push(record);
  }

  /**
   * Brings the blocks that records joined or left up to date; each block once in a batch.
   *
   * @returns what happened to those that had many records or have many now: the others are nobody's concern
   */
  async settle(): Promise<BlockChange[]> {
    const moves = new Map(this.#moves);
    this.#moves.clear();
    await this.load(moves.keys());
    const changes: BlockChange[] = [];
    for (const [block, { joined, left }] of moves) {
      if (joined.length + left.length === 0) continue;
      const stored = this.stored(block);
      const change =
        typeof stored === 'number'
          ? await this.#settleMany(block, stored, joined, left)
          : this.#settleFew(block, stored, joined, left);
      if (change !== undefined) changes.push(change);
    }
    return changes;
  }

  /** What is to be written after `settle`. */
  operations(): Operation[] {
    return this.#operations;
  }

  #settleFew(
    block: string,
    before: readonly string[],
    joined: string[],
    left: string[],
  ): BlockChange | undefined {
    const after =
      left.length === 0
        ? before.concat(joined)
        : before.filter((record) => !left.includes(record)).concat(joined);
    if (after.length <= this.#limit) {
      // In the order of their keys, so that the same records are the same bytes.
      this.#set(block, after.sort());
      return undefined;
    }
    for (const record of after) this.#put(overflowKey(block, record), NOTHING);
    this.#set(block, after.length);
    return { block, wasMany: false, isMany: true, joined, left, before, after };
  }

  async #settleMany(block: string, stored: number, joined: string[], left: string[]): Promise<BlockChange> {
    const count = stored + joined.length - left.length;
    if (count > this.#limit) {
      for (const record of left) this.#operations.push({ type: 'del', key: overflowKey(block, record) });
      for (const record of joined) this.#put(overflowKey(block, record), NOTHING);
      this.#set(block, count);
      return { block, wasMany: true, isMany: true, joined, left, before: [], after: [] };
    }
    const keys = await this.#section.keys(overflowRange(block)).all();
    for (const key of keys) this.#operations.push({ type: 'del', key });
    const before = keys.map((key) => key.slice(-KEY_LENGTH));
    const after = [...before.filter((record) => !left.includes(record)), ...joined].sort();
    this.#set(block, after);
    return { block, wasMany: true, isMany: false, joined, left, before, after };
  }

  #set(block: string, value: BlockValue): void {
    this.#now.set(block, value);
    if (typeof value !== 'number' && value.length === 0)
      this.#operations.push({ type: 'del', key: blockKey(block) });
    else this.#put(blockKey(block), encodeBlock(value));
  }

  #movesOf(block: string): { joined: string[]; left: string[] } {
    const known = this.#moves.get(block);
    if (known !== undefined) return known;
    const moves: { joined: string[]; left: string[] } = { joined: [], left: [] };
    this.#moves.set(block, moves);
    return moves;
  }

  #put(key: string, value: Uint8Array): void {
    this.#operations.push({ type: 'put', key, value });
  }
}

/** Takes a record out of the few in a list. @returns whether it was there */
function taken(records: string[], record: string): boolean {
  const at = records.indexOf(record);
  if (at >= 0) records.splice(at, 1);
  return at >= 0;
}
