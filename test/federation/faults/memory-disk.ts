import {
  AbstractIterator,
  AbstractLevel,
  AbstractSnapshot,
  type AbstractBatchOperation,
  type AbstractIteratorOptions,
} from 'abstract-level';
import type { Database } from '../../../node/store/index.ts';
import { asStore, type Store } from '../../../node/store/store.ts';

type Key = string;
type Row = [key: Key, value: Uint8Array];
type Rows = ReadonlyMap<Key, Uint8Array>;
type Write = AbstractBatchOperation<MemoryDatabase, Key, Uint8Array>;
interface Range {
  gt?: Key;
  gte?: Key;
  lt?: Key;
  lte?: Key;
  reverse: boolean;
  limit: number;
}

/**
 * A disk in memory with a store on it that bears a power cut as LevelDB does: batches are whole or not there, those that
 * were written durably stay with all before them, and of those behind some last ones are lost.
 */
export class MemoryDisk {
  readonly #rows = new Map<Key, Uint8Array>();
  /** What each batch since the last durable one replaced. */
  #unsynced: [Key, Uint8Array | undefined][][] = [];
  #sortedKeys: Key[] | undefined;
  #opened = 0;
  readonly #onWork: () => void;

  /** @param onWork called with each reading and writing */
  constructor(onWork: () => void) {
    this.#onWork = onWork;
  }

  /** The store, as it is on the disk. A store that was opened before is of no use any more. */
  open(): Store {
    this.#opened += 1;
    return asStore(new MemoryDatabase(this, this.#opened) as unknown as Database);
  }

  /** Cuts the power. @param keep how many batches of so many that were not written durably are on the disk */
  cut(keep: (batches: number) => number): void {
    this.#opened += 1;
    const lost = this.#unsynced.splice(keep(this.#unsynced.length));
    for (const replaced of lost.toReversed()) {
      for (const [key, value] of replaced.toReversed()) this.#set(key, value);
    }
    this.#unsynced = [];
  }

  /** @throws where the power was cut since the store was opened */
  check(opened: number): void {
    this.#onWork();
    if (opened !== this.#opened) throw new Error('the power is off');
  }

  write(operations: readonly Write[], { sync }: { sync: boolean }): void {
    const replaced: [Key, Uint8Array | undefined][] = [];
    for (const operation of operations) {
      replaced.push([operation.key, this.#rows.get(operation.key)]);
      // Who wrote it may go on using its buffer.
      this.#set(operation.key, operation.type === 'put' ? operation.value.slice() : undefined);
    }
    if (sync) this.#unsynced = [];
    else this.#unsynced.push(replaced);
  }

  get(key: Key): Uint8Array | undefined {
    return this.#rows.get(key);
  }

  copy(): Rows {
    return new Map(this.#rows);
  }

  range(range: Range, rows?: Rows): Row[] {
    const keys = rows === undefined ? this.#keys() : [...rows.keys()].sort();
    const from =
      range.gt === undefined ? placeOf(keys, range.gte ?? '', false) : placeOf(keys, range.gt, true);
    const to =
      range.lt === undefined
        ? range.lte === undefined
          ? keys.length
          : placeOf(keys, range.lte, true)
        : placeOf(keys, range.lt, false);
    const count = range.limit < 0 ? Infinity : range.limit;
    const found = range.reverse
      ? keys.slice(Math.max(from, to - count), to).toReversed()
      : keys.slice(from, Math.min(to, from + count));
    return found.map((key) => [key, (rows ?? this.#rows).get(key) as Uint8Array]);
  }

  #set(key: Key, value: Uint8Array | undefined): void {
    if ((value === undefined) === this.#rows.has(key)) this.#sortedKeys = undefined;
    if (value === undefined) this.#rows.delete(key);
    else this.#rows.set(key, value);
  }

  #keys(): Key[] {
    return (this.#sortedKeys ??= [...this.#rows.keys()].sort());
  }
}

/** How many of the keys lie before one, or `behind` it. */
function placeOf(keys: readonly Key[], key: Key, behind: boolean): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = keys[middle] as Key;
    if (at < key || (behind && at === key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What `abstract-level` asks of a database; its types leave these methods out. */
class MemoryDatabase extends AbstractLevel<Key, Key, Uint8Array> {
  readonly disk: MemoryDisk;
  readonly opened: number;

  constructor(disk: MemoryDisk, opened: number) {
    const encodings = { utf8: true, view: true } as const;
    super({ encodings, explicitSnapshots: true }, { keyEncoding: 'utf8', valueEncoding: 'view' });
    this.disk = disk;
    this.opened = opened;
  }

  async _get(key: Key, options: { snapshot?: MemorySnapshot }): Promise<Uint8Array | undefined> {
    this.disk.check(this.opened);
    return options.snapshot === undefined ? this.disk.get(key) : options.snapshot.rows.get(key);
  }

  async _getMany(
    keys: readonly Key[],
    options: { snapshot?: MemorySnapshot },
  ): Promise<(Uint8Array | undefined)[]> {
    return await Promise.all(keys.map((key) => this._get(key, options)));
  }

  async _put(key: Key, value: Uint8Array, options: { sync?: boolean }): Promise<void> {
    await this._batch([{ type: 'put', key, value }], options);
  }

  async _del(key: Key, options: { sync?: boolean }): Promise<void> {
    await this._batch([{ type: 'del', key }], options);
  }

  async _batch(operations: readonly Write[], options: { sync?: boolean }): Promise<void> {
    this.disk.check(this.opened);
    this.disk.write(operations, { sync: options.sync === true });
  }

  async _clear(range: Range): Promise<void> {
    this.disk.check(this.opened);
    const rows = this.disk.range(range);
    this.disk.write(
      rows.map(([key]) => ({ type: 'del', key })),
      { sync: false },
    );
  }

  _iterator(options: AbstractIteratorOptions<Key, Uint8Array> & Range): MemoryIterator {
    return new MemoryIterator(this, options);
  }

  _snapshot(options: object): MemorySnapshot {
    this.disk.check(this.opened);
    return new MemorySnapshot(options, this.disk.copy());
  }
}

class MemoryIterator extends AbstractIterator<MemoryDatabase, Key, Uint8Array> {
  readonly #rows: Row[];

  constructor(db: MemoryDatabase, options: AbstractIteratorOptions<Key, Uint8Array> & Range) {
    super(db, options);
    db.disk.check(db.opened);
    const snapshot = options.snapshot as MemorySnapshot | undefined;
    this.#rows = db.disk.range(options, snapshot?.rows).toReversed();
  }

  async _next(): Promise<Row | undefined> {
    this.db.disk.check(this.db.opened);
    return this.#rows.pop();
  }
}

const Snapshot = AbstractSnapshot as new (options: object) => AbstractSnapshot;

class MemorySnapshot extends Snapshot {
  readonly rows: Rows;

  constructor(options: object, rows: Rows) {
    super(options);
    this.rows = rows;
  }
}
