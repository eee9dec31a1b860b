import { BUCKETS, bucketOf, placeOf, type BlockId } from './block-id.ts';

const FIRST_ROOM = 8;
const GROWTH = 1.3;

/**
 * Which records lie in which block, in memory: eight bytes for a record in a block. Of a million records there are eleven
 * million such, and on disk each look at one of them would cost more than all the rest.
 *
 * A bucket has the blocks and records whose hashes begin alike, one after another, in no order. Blocks of very many
 * records are kept apart, so that a title which a hundred thousand have makes no bucket long.
 */
export class Postings {
  /** In each bucket the rest of a block's hash and a record's number, in turn. */
  readonly #buckets: (Uint32Array | undefined)[] = Array.from({ length: BUCKETS });
  readonly #lengths = new Uint32Array(BUCKETS);
  readonly #many = new Map<BlockId, Set<number>>();
  /** How many of those there are in each bucket: mostly none, and so nothing has to be looked up. */
  readonly #manyIn = new Uint32Array(BUCKETS);
  readonly #firstRoom: number;

  /** @param expected how many records in a block there will be, roughly: so much room is made at once */
  constructor(expected = 0) {
    this.#firstRoom = Math.max(FIRST_ROOM, roomFor((expected / BUCKETS) * 2));
  }

  /** The records in a block; a set where it is one of many. */
  of(block: BlockId): readonly number[] | ReadonlySet<number> {
    return this.#manyOf(block) ?? this.#few(block);
  }

  add(block: BlockId, record: number): void {
    const many = this.#manyOf(block);
    if (many === undefined) this.#append(block, record);
    else many.add(record);
  }

  remove(block: BlockId, record: number): void {
    const many = this.#manyOf(block);
    if (many === undefined) this.#take(block, record);
    else many.delete(record);
  }

  /** Whether the block is one of many. */
  isApart(block: BlockId): boolean {
    return this.#manyOf(block) !== undefined;
  }

  /** From now on the block is one of many. */
  setApart(block: BlockId): void {
    const records = this.#few(block);
    for (const record of records) this.#take(block, record);
    if (!this.#many.has(block)) this.#manyIn[bucketOf(block)]! += 1;
    this.#many.set(block, new Set(records));
  }

  /** From now on the block is one of few. */
  takeBack(block: BlockId): void {
    const records = this.#many.get(block) ?? [];
    if (this.#many.delete(block)) this.#manyIn[bucketOf(block)]! -= 1;
    for (const record of records) this.#append(block, record);
  }

  #manyOf(block: BlockId): Set<number> | undefined {
    return this.#manyIn[bucketOf(block)] === 0 ? undefined : this.#many.get(block);
  }

  #few(block: BlockId): readonly number[] {
    const bucket = this.#buckets[bucketOf(block)] ?? EMPTY;
    const length = this.#lengths[bucketOf(block)] ?? 0;
    const place = placeOf(block);
    // Most blocks have nobody.
    let found: number[] | undefined;
    for (let at = 0; at < length; at += 2) if (bucket[at] === place) (found ??= []).push(bucket[at + 1] ?? 0);
    return found ?? NOBODY;
  }

  #append(block: BlockId, record: number): void {
    const at = bucketOf(block);
    const length = this.#lengths[at] ?? 0;
    let bucket = this.#buckets[at] ?? EMPTY;
    if (length + 2 > bucket.length) {
      const roomy = new Uint32Array(Math.max(this.#firstRoom, roomFor(length)));
      roomy.set(bucket);
      this.#buckets[at] = bucket = roomy;
    }
    bucket[length] = placeOf(block);
    bucket[length + 1] = record;
    this.#lengths[at] = length + 2;
  }

  /** The last of the bucket comes to lie where it was. */
  #take(block: BlockId, record: number): void {
    const bucket = this.#buckets[bucketOf(block)] ?? EMPTY;
    const length = this.#lengths[bucketOf(block)] ?? 0;
    const place = placeOf(block);
    for (let at = 0; at < length; at += 2) {
      if (bucket[at] !== place || bucket[at + 1] !== record) continue;
      bucket[at] = bucket[length - 2] ?? 0;
      bucket[at + 1] = bucket[length - 1] ?? 0;
      this.#lengths[bucketOf(block)] = length - 2;
      return;
    }
  }
}

const roomFor = (length: number): number => Math.ceil((length * GROWTH) / 4) * 4;

const EMPTY = new Uint32Array();
const NOBODY: readonly number[] = [];
