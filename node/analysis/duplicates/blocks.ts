import type { Operation } from '../../store/index.ts';
import { isWeak, type BlockId } from './block-id.ts';
import { largeBlockKey, NOTHING } from './layout.ts';
import type { Postings } from './postings.ts';

/** A block that tells little is parted from so many records on. */
const MOST_IN_WEAK = 8;

/** The records in a block by their numbers, or that they are many. */
export type BlockValue = readonly number[] | 'many';

/** What happened in one batch to a block that had many records or has many now. */
export interface BlockChange {
  block: BlockId;
  wasMany: boolean;
  isMany: boolean;
  joined: readonly number[];
  left: readonly number[];
  /** All that were in it, and are in it now, where it became one of many or ceases to be one. */
  before: readonly number[];
  after: readonly number[];
}

/** What a batch does to one block. */
interface Moved {
  block: BlockId;
  joined: number[];
  left: number[];
  now?: BlockValue;
  crossing?: 'to many' | 'to few';
}

/**
 * Which records lie in which block, as of one batch of changes: what joins and leaves is kept apart until the batch is on disk.
 *
 * A block of more than `limit` records has many: nobody asks who they are, but for the smaller ones into which it falls.
 */
export class Blocks {
  readonly #postings: Postings;
  readonly #limit: number;
  readonly #moves = new Map<BlockId, Moved>();
  /** The same in the order in which they came; up to `#settled` they are brought up to date. */
  readonly #inOrder: Moved[] = [];
  #settled = 0;

  constructor(postings: Postings, limit: number) {
    this.#postings = postings;
    this.#limit = limit;
  }

  /** The records in a block before the batch. */
  stored(block: BlockId): BlockValue {
    const records = this.#postings.of(block);
    return isList(records) ? records : 'many';
  }

  /** The same after the batch. */
  now(block: BlockId): BlockValue {
    return this.#moves.get(block)?.now ?? this.stored(block);
  }

  /** All records in a block, however many. */
  *members(block: BlockId, view: 'stored' | 'now'): Iterable<number> {
    const { joined, left } = (view === 'now' ? this.#moves.get(block) : undefined) ?? NO_MOVES;
    for (const record of this.#postings.of(block)) if (!left.includes(record)) yield record;
    yield* joined;
  }

  join(block: BlockId, record: number): void {
    const moved = this.#movedIn(block);
    if (moved.left.length > 0 && taken(moved.left, record)) return;
    if (moved.joined.length === 0) moved.joined = [record];
    else moved.joined.push(record);
  }

  leave(block: BlockId, record: number): void {
    const moved = this.#movedIn(block);
    if (moved.joined.length > 0 && taken(moved.joined, record)) return;
    if (moved.left.length === 0) moved.left = [record];
    else moved.left.push(record);
  }

  /**
   * Brings the blocks that records joined or left up to date; each block once in a batch.
   *
   * @returns what happened to those that had many records or have many now: the others are nobody's concern
   */
  settle(): BlockChange[] {
    const changes: BlockChange[] = [];
    for (const moved of this.#inOrder.slice(this.#settled)) {
      if (moved.joined.length + moved.left.length === 0) continue;
      const change = this.#settleOne(moved);
      if (change === undefined) continue;
      changes.push(change);
      if (change.wasMany !== change.isMany) moved.crossing = change.isMany ? 'to many' : 'to few';
    }
    this.#settled = this.#inOrder.length;
    return changes;
  }

  /** Makes what was settled the state of things. */
  take(): void {
    for (const { block, joined, left, crossing } of this.#inOrder) {
      for (const record of left) this.#postings.remove(block, record);
      for (const record of joined) this.#postings.add(block, record);
      if (crossing === 'to many') this.#postings.setApart(block);
      if (crossing === 'to few') this.#postings.takeBack(block);
    }
  }

  /** What is to be written after `settle`: which blocks are of many. Who lies in a block is written with the records. */
  operations(): Operation[] {
    const operations: Operation[] = [];
    for (const { block, crossing } of this.#inOrder) {
      if (crossing === undefined) continue;
      const key = largeBlockKey(block);
      operations.push(crossing === 'to many' ? { type: 'put', key, value: NOTHING } : { type: 'del', key });
    }
    return operations;
  }

  #settleOne(moved: Moved): BlockChange | undefined {
    const { block, joined, left } = moved;
    const stored = this.#postings.of(block);
    const wasMany = !isList(stored);
    const limit = isWeak(block) ? Math.min(this.#limit, MOST_IN_WEAK) : this.#limit;
    const isMany = (wasMany ? stored.size : stored.length) + joined.length - left.length > limit;
    if (wasMany && isMany) {
      moved.now = 'many';
      return { block, wasMany, isMany, joined, left, before: [], after: [] };
    }
    const before = wasMany ? [...stored] : stored;
    const stayed = left.length === 0 ? before : before.filter((record) => !left.includes(record));
    const after = stayed.length === 0 ? joined : stayed.concat(joined);
    moved.now = isMany ? 'many' : after;
    return wasMany || isMany ? { block, wasMany, isMany, joined, left, before, after } : undefined;
  }

  #movedIn(block: BlockId): Moved {
    let moved = this.#moves.get(block);
    if (moved === undefined) {
      moved = { block, joined: NOBODY, left: NOBODY };
      this.#moves.set(block, moved);
      this.#inOrder.push(moved);
    }
    return moved;
  }
}

/** Shared by all that nobody joins or leaves; never written to. */
const NOBODY: number[] = [];
const NO_MOVES = { joined: NOBODY, left: NOBODY };

function isList(records: readonly number[] | ReadonlySet<number>): records is readonly number[] {
  return Array.isArray(records);
}

/** Takes a record out of the few in a list. @returns whether it was there */
function taken(records: number[], record: number): boolean {
  const at = records.indexOf(record);
  if (at >= 0) records.splice(at, 1);
  return at >= 0;
}
