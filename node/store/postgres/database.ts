import { AbstractIterator, AbstractLevel, type AbstractIteratorOptions } from 'abstract-level';
import type { Clock } from '../../clock.ts';
import { StoreError } from '../errors.ts';
import type { PostgresAddress } from './address.ts';
import { byteaArray } from './bytea-array.ts';
import { Connections } from './connections.ts';
import { bytesOf, RangeScan, type KeyRange } from './range-scan.ts';
import { JoinedGets, mapKey } from './joined-gets.ts';
import type { EntryRow, KeyRow, Query } from './rows.ts';
import { PostgresSnapshot, type SharedView } from './snapshot.ts';
import { Table } from './table.ts';
import type { Statement } from './transaction.ts';
import { View } from './view.ts';

type Key = string | Uint8Array;
type Value = string | Uint8Array;
type Encoded = string | Buffer;
type Write = { type: 'put'; key: Key; value: Value } | { type: 'del'; key: Key };

interface ReadOptions {
  snapshot?: PostgresSnapshot;
  valueEncoding?: string;
}

interface RangeOptions extends KeyRange {
  snapshot?: PostgresSnapshot;
}

/** One statement carries no more: the server takes it into memory as a whole, and CockroachDB bounds it. */
const STATEMENT_ROWS = 5_000;
const STATEMENT_BYTES = 8 * 1024 * 1024;
const CLEARED_AT_ONCE = 10_000;

export interface PostgresLevelOptions {
  address: PostgresAddress;
  /** Of the connections, for who looks into the database. */
  name: string;
  clock: Clock;
  /** How many snapshots there can be at a time; others wait. */
  snapshots?: number;
  /** Leaves everything as it is: tables that are not there are not made. */
  isReadOnly?: boolean;
}

/** What has to be in every transaction that writes. */
export interface WriteGuard {
  /** Its last statement. @throws StoreError where nothing may be written */
  readonly fence: Statement;
}

/**
 * An ordered key-value table of a PostgreSQL as an `abstract-level` database.
 *
 * A batch is one transaction in one round trip; a read is one query. Iterators read page by page and, unlike LevelDB's, see
 * what is written meanwhile behind the page that they are in. Where that matters an explicit snapshot is given.
 */
export class PostgresLevel extends AbstractLevel<string | Buffer | Uint8Array, string, Uint8Array> {
  readonly table: Table;
  readonly #address: PostgresAddress;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #snapshots: number | undefined;
  readonly #isReadOnly: boolean;
  /** Snapshots that were asked for: what is written later must not be in them. One that waits for its turn is taken later. */
  readonly #beingTaken = new Set<Promise<void>>();
  readonly #gets = this.#getsOf((query) => this.connections.read<EntryRow>(query));
  #connections: Connections | undefined;
  /** The store as it is: nothing was written since it was looked at. Who wants a snapshot gets this one. */
  #present: SharedView | undefined;
  /** Set when the right to write was got; without one, anything is written. */
  guard: WriteGuard | undefined;

  constructor(
    { address, name, clock, snapshots, isReadOnly = false }: PostgresLevelOptions,
    options: { keyEncoding?: string; valueEncoding?: string } = {},
  ) {
    super(
      {
        encodings: { utf8: true, buffer: true },
        has: true,
        explicitSnapshots: true,
        implicitSnapshots: false,
      },
      options,
    );
    this.table = new Table(address.schema);
    this.#address = address;
    this.#name = name;
    this.#clock = clock;
    this.#snapshots = snapshots;
    this.#isReadOnly = isReadOnly;
  }

  get connections(): Connections {
    if (this.#connections === undefined) throw new TypeError('a database that is closed has no connections');
    return this.#connections;
  }

  async _open(): Promise<void> {
    this.#connections = new Connections({
      address: this.#address,
      name: this.#name,
      clock: this.#clock,
      ...(this.#snapshots !== undefined && { held: this.#snapshots }),
    });
    try {
      if (this.#isReadOnly) await this.#connections.read({ text: this.table.isThere });
      else await this.#makeTables();
    } catch (error) {
      await this.#connections.close();
      throw error;
    }
  }

  async #makeTables(): Promise<void> {
    const { exists, creation, additions } = this.table;
    await this.connections.read({ text: exists }).catch(async (error: { cause?: unknown }) => {
      if (isUnknownTable(error.cause)) await this.#set(creation);
      else if (isUnknownColumn(error.cause)) await this.#set(additions);
      else throw error;
    });
  }

  /** Two processes may do that at once, and one of them be told that something is there already. */
  async #set(statements: readonly string[]): Promise<void> {
    await this.connections.set(statements).catch(async (error: unknown) => {
      await this.connections.read({ text: this.table.exists }).catch(() => {
        throw error;
      });
    });
  }

  async _close(): Promise<void> {
    await this.connections.close();
  }

  async _get(key: Key, options: ReadOptions): Promise<Encoded | undefined> {
    return (await this._getMany([key], options))[0];
  }

  async _getMany(
    keys: readonly Key[],
    { snapshot, valueEncoding }: ReadOptions,
  ): Promise<(Encoded | undefined)[]> {
    const values = await (snapshot?.gets ?? this.#gets).get(keys.map(bytesOf));
    return values.map((value) => encoded(value, valueEncoding));
  }

  async _has(key: Key, options: ReadOptions): Promise<boolean> {
    const [has = false] = await this._hasMany([key], options);
    return has;
  }

  async _hasMany(keys: readonly Key[], { snapshot }: ReadOptions): Promise<boolean[]> {
    const wanted = keys.map(bytesOf);
    const query = { text: this.table.hasMany, values: [byteaArray(wanted)], name: 'hasMany' };
    const rows = await this.#read<KeyRow>(query, snapshot);
    const found = new Set(rows.map(([key]) => mapKey(key)));
    return wanted.map((key) => found.has(mapKey(key)));
  }

  async _put(key: Key, value: Value): Promise<void> {
    await this._batch([{ type: 'put', key, value }]);
  }

  async _del(key: Key): Promise<void> {
    await this._batch([{ type: 'del', key }]);
  }

  /** Each row once, and in the order of keys: batches that have rows in common seldom cross then. */
  async _batch(operations: readonly Write[]): Promise<void> {
    const last = new Map<string, Write>();
    for (const operation of operations) last.set(mapKey(bytesOf(operation.key)), operation);
    const puts: [Buffer, Buffer][] = [];
    const deletions: Buffer[] = [];
    for (const name of [...last.keys()].sort()) {
      const operation = last.get(name);
      const key = Buffer.from(name, 'latin1');
      if (operation?.type === 'put') puts.push([key, bytesOf(operation.value)]);
      else deletions.push(key);
    }
    const statements: Statement[] = [];
    for (const keys of portions(deletions, (key) => key.length))
      statements.push({ text: this.table.delete, values: [byteaArray(keys)] });
    for (const rows of portions(puts, ([key, value]) => key.length + value.length)) {
      const columns = [rows.map(([key]) => key), rows.map(([, value]) => value)];
      statements.push({ text: this.table.put, values: columns.map(byteaArray) });
    }
    await this.#write(statements);
  }

  async _clear(options: RangeOptions): Promise<void> {
    const scan = this.#scan(options, true);
    for (
      let keys = await scan.take(CLEARED_AT_ONCE);
      keys.length > 0;
      keys = await scan.take(CLEARED_AT_ONCE)
    ) {
      await this.#write([{ text: this.table.delete, values: [byteaArray(keys.map(([key]) => key))] }]);
    }
  }

  _iterator(options: AbstractIteratorOptions<string, Uint8Array> & RangeOptions): PostgresIterator {
    return new PostgresIterator(this, options, this.#scan(options, options.values === false));
  }

  _snapshot(options: object): PostgresSnapshot {
    // Who only reads does not hear of what is written, so that a snapshot from before may be of the past.
    if (this.#isReadOnly) return new PostgresSnapshot(options, this.#look());
    if (this.#present === undefined || !this.#present.view.isOpen) this.#present = this.#look();
    return new PostgresSnapshot(options, this.#present);
  }

  #look(): SharedView {
    const { connections, table } = this;
    const isPrompt = connections.canHold;
    const view = new View({ connections, table });
    if (isPrompt) {
      this.#beingTaken.add(view.taken);
      void view.taken.then(() => this.#beingTaken.delete(view.taken));
    }
    return { view, gets: this.#getsOf((query) => view.read<EntryRow>(query)) };
  }

  #getsOf(read: (query: Query) => Promise<EntryRow[]>): JoinedGets {
    return new JoinedGets((keys) =>
      read({ text: this.table.getMany, values: [byteaArray(keys)], name: 'getMany' }),
    );
  }

  #scan(options: RangeOptions, keysOnly: boolean): RangeScan {
    const { snapshot } = options;
    return new RangeScan(options, {
      read: (query) => this.#read<EntryRow>(this.table.page(query), snapshot),
      keysOnly,
    });
  }

  async #read<R extends unknown[]>(query: Query, snapshot: PostgresSnapshot | undefined): Promise<R[]> {
    return await (snapshot ?? this.connections).read<R>(query);
  }

  async #write(statements: readonly Statement[]): Promise<void> {
    if (this.#isReadOnly) throw isOnlyRead(this.connections.shown);
    const fence = this.guard?.fence;
    if (this.#beingTaken.size > 0) await Promise.all(this.#beingTaken);
    this.#present = undefined;
    try {
      await this.connections.write(fence === undefined ? statements : [...statements, fence]);
    } finally {
      // One that was taken meanwhile may have it or not.
      this.#present = undefined;
    }
  }
}

class PostgresIterator extends AbstractIterator<PostgresLevel, string, Uint8Array> {
  readonly #scan: RangeScan;
  readonly #keysAsText: boolean;
  readonly #valuesAsText: boolean;

  constructor(db: PostgresLevel, options: AbstractIteratorOptions<string, Uint8Array>, scan: RangeScan) {
    super(db, options);
    this.#scan = scan;
    this.#keysAsText = options.keyEncoding === 'utf8';
    this.#valuesAsText = options.valueEncoding === 'utf8';
  }

  async _next(): Promise<[Encoded, Encoded | undefined] | undefined> {
    const entry = await this.#scan.next();
    return entry === undefined ? undefined : this.#encoded(entry);
  }

  async _nextv(size: number): Promise<[Encoded, Encoded | undefined][]> {
    return (await this.#scan.take(size)).map((entry) => this.#encoded(entry));
  }

  _seek(target: Key): void {
    this.#scan.seek(bytesOf(target));
  }

  #encoded([key, value]: EntryRow): [Encoded, Encoded | undefined] {
    return [this.#keysAsText ? key.toString() : key, this.#valuesAsText ? value?.toString() : value];
  }
}

function encoded(value: Buffer | undefined, encoding: string | undefined): Encoded | undefined {
  return encoding === 'utf8' ? value?.toString() : value;
}

function isOnlyRead(shown: string): StoreError {
  return new StoreError('STORE_READ_ONLY', `The store ${shown} is open for reading only.`, {
    remedy: 'What is to be written goes by way of the process that writes there ("ngr start --role node").',
  });
}

/** Whether the tables are not there, nor the schema. */
export function isUnknownTable(cause: unknown): boolean {
  return ['3F000', '42P01'].includes((cause as { code?: string } | undefined)?.code ?? '');
}

/** Whether the tables are those of an earlier version. */
export function isUnknownColumn(cause: unknown): boolean {
  return (cause as { code?: string } | undefined)?.code === '42703';
}

function* portions<T>(rows: readonly T[], bytesIn: (row: T) => number): Generator<T[]> {
  let portion: T[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = bytesIn(row);
    if (portion.length >= STATEMENT_ROWS || (portion.length > 0 && bytes + size > STATEMENT_BYTES)) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(row);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}
