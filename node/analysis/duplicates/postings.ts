import { BUCKETS, bucketOf, placeOf, type BlockId } from './block-id.ts';

const FIRST_ROOM = 8;
const GROWTH = 1.3;

/**
 * Which records lie in which block, in memory: eight bytes for a record in a block. Of a million records there are eleven
 * million such, and on disk each look at one of them would cost more than all the rest.
 *
 * A bucket has the blocks and records whose hashes begin alike, in the order of what follows in the hash: of a million records
 * some three hundred, of which a look at a block needs nine. Blocks of very many records are kept apart, so that a title which a
 * hundred thousand have makes no bucket long.
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
    if (many === undefined) this.#insert(block, record);
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
    for (const record of records) this.#insert(block, record);
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
    for (let at = startOf(place, bucket, length); at < length && bucket[at] === place; at += 2)
      (found ??= []).push(bucket[at + 1] ?? 0);
    return found ?? NOBODY;
  }

  #insert(block: BlockId, record: number): void {
    const index = bucketOf(block);
    const length = this.#lengths[index] ?? 0;
    const place = placeOf(block);
    let bucket = this.#buckets[index] ?? EMPTY;
    if (length + 2 > bucket.length) {
      const roomy = new Uint32Array(Math.max(this.#firstRoom, roomFor(length)));
      roomy.set(bucket);
      this.#buckets[index] = bucket = roomy;
    }
    const at = startOf(place, bucket, length);
    bucket.copyWithin(at + 2, at, length);
    bucket[at] = place;
    bucket[at + 1] = record;
    this.#lengths[index] = length + 2;
  }

  #take(block: BlockId, record: number): void {
    const bucket = this.#buckets[bucketOf(block)] ?? EMPTY;
    const length = this.#lengths[bucketOf(block)] ?? 0;
    const place = placeOf(block);
    for (let at = startOf(place, bucket, length); at < length && bucket[at] === place; at += 2) {
      if (bucket[at + 1] !== record) continue;
      bucket.copyWithin(at, at + 2, length);
      this.#lengths[bucketOf(block)] = length - 2;
      return;
    }
  }
}

/** Where in a bucket those of a place begin, or would begin. */
function startOf(place: number, bucket: Uint32Array, length: number): number {
  let [from, to] = [0, length >>> 1];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((bucket[middle << 1] ?? 0) < place) from = middle + 1;
    else to = middle;
  }
  return from << 1;
}

const roomFor = (length: number): number => Math.ceil((length * GROWTH) / 4) * 4;

const EMPTY = new Uint32Array();
const NOBODY: readonly number[] = [];
