import { AbstractLevel, type AbstractIteratorOptions } from 'abstract-level';
import type { Clock } from '../../clock.ts';
import { StoreError } from '../errors.ts';
import type { PostgresAddress } from './address.ts';
import { byteaArray } from './bytea-array.ts';
import { statementsOf, type Key, type Value, type Write } from './batch-statements.ts';
import { Connections } from './connections.ts';
import { isUnknownColumn, isUnknownTable } from './errors.ts';
import { encoded, PostgresIterator, type Encoded } from './iterator.ts';
import { JoinedGets, mapKey } from './joined-gets.ts';
import { bytesOf, RangeScan, type KeyRange } from './range-scan.ts';
import type { EntryRow, KeyRow, Query } from './rows.ts';
import { PostgresSnapshot, type SharedView } from './snapshot.ts';
import { Table } from './table.ts';
import type { Statement } from './transaction.ts';
import { View } from './view.ts';

interface ReadOptions {
  snapshot?: PostgresSnapshot;
  valueEncoding?: string;
}

interface RangeOptions extends KeyRange {
  snapshot?: PostgresSnapshot;
}

const CLEARED_AT_ONCE = 10_000;

export interface PostgresLevelOptions {
  address: PostgresAddress;
  /** Of the connections, for who looks into the database. */
  name: string;
  clock: Clock;
  /** How many snapshots there can be at a time; others wait. */
  snapshots?: number;
  /** As of the connections. */
  attempts?: number;
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
  readonly #attempts: number | undefined;
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
    { address, name, clock, snapshots, attempts, isReadOnly = false }: PostgresLevelOptions,
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
    this.#attempts = attempts;
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
      ...(this.#attempts !== undefined && { attempts: this.#attempts }),
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

  async _batch(operations: readonly Write[]): Promise<void> {
    await this.#write(statementsOf(operations, this.table));
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

function isOnlyRead(shown: string): StoreError {
  return new StoreError('STORE_READ_ONLY', `The store ${shown} is open for reading only.`, {
    remedy: 'What is to be written goes by way of the process that writes there ("ngr start --role node").',
  });
}
