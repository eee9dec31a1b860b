import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../../clock.ts';
import type { StoreError } from '../errors.ts';
import { nothingToRead, tooOldToRead } from '../reading-errors.ts';
import { postgresAddress } from './address.ts';
import { PostgresLevel } from './database.ts';
import { isUnknownColumn, isUnknownTable, storeError } from './errors.ts';
import { holderOf, Lease, type Announced, type Holder, type LeaseTimes } from './lease.ts';

const encodings = { keyEncoding: 'utf8', valueEncoding: 'view' };
/** PostgreSQL cuts longer names of connections off. */
const NAME_BYTES = 63;

export interface PostgresOptions {
  clock: Clock;
  /** Called once, when another process has taken the right to write: what this one has in memory is out of date. */
  onLost: (error: StoreError) => void;
  times?: LeaseTimes | undefined;
}

export interface OpenPostgres {
  db: PostgresLevel;
  /** The URL without its password. */
  shown: string;
  /** Tells the processes that only read where this one is. */
  announce: (announced: Announced) => Promise<void>;
  close: () => Promise<void>;
}

/** The same for who only reads. */
export interface OpenToRead extends Omit<OpenPostgres, 'announce'> {
  /** Who writes there now; undefined where nobody does. */
  holder: () => Promise<Holder | undefined>;
}

/**
 * Opens the tables at a URL, which are made where they are not there, and takes the right to write.
 *
 * @throws StoreError `STORE_BAD_URL` · `STORE_UNREACHABLE` · `STORE_NO_RIGHTS` · `STORE_NO_DATABASE` · `STORE_LOCKED` another
 *   process writes there · `STORE_DAMAGED` anything else
 */
export async function openPostgres(
  url: string,
  { clock, onLost, times }: PostgresOptions,
): Promise<OpenPostgres> {
  const address = postgresAddress(url);
  const name = nameOfConnections();
  const db = new PostgresLevel({ address, name, clock }, encodings);
  try {
    await db.open();
  } catch (cause) {
    throw storeError(address.shown, (cause as Error).cause ?? cause);
  }
  try {
    const { connections, table } = db;
    const lease = await Lease.take({
      connections,
      table,
      clock,
      holder: name,
      onLost,
      ...(times !== undefined && { times }),
    });
    db.guard = lease;
    const close = async (): Promise<void> => {
      await lease.release();
      await db.close();
    };
    return { db, shown: address.shown, announce: (announced) => lease.announce(announced), close };
  } catch (cause) {
    await db.close();
    throw cause;
  }
}

/**
 * Opens the tables at a URL for reading: nothing is made there, nor written, and the right to write is left to others.
 * @throws StoreError as `openPostgres`, but never `STORE_LOCKED`; `STORE_EMPTY` where no node has been yet · `STORE_TOO_OLD` the
 *   tables are those of an earlier version
 */
export async function openPostgresToRead(url: string, { clock }: { clock: Clock }): Promise<OpenToRead> {
  const address = postgresAddress(url);
  const { shown } = address;
  const db = new PostgresLevel({ address, name: nameOfConnections(), clock, isReadOnly: true }, encodings);
  try {
    await db.open();
    const { connections, table } = db;
    const holder = (): Promise<Holder | undefined> => holderOf(connections, table);
    await holder();
    return { db, shown, holder, close: () => db.close() };
  } catch (error) {
    await db.close();
    const cause = storeError(shown, (error as Error).cause ?? error);
    if (isUnknownTable(cause.cause)) throw nothingToRead(shown);
    if (isUnknownColumn(cause.cause)) throw tooOldToRead(shown);
    throw cause;
  }
}

/**
 * Looks into the tables at a URL once, and leaves them as they are; undefined where there are none.
 * @throws StoreError as `openPostgres`, but never `STORE_LOCKED`
 */
export async function lookIntoPostgres<T>(
  url: string,
  { clock, look }: { clock: Clock; look: (db: PostgresLevel, shown: string) => Promise<T> },
): Promise<T | undefined> {
  const address = postgresAddress(url);
  const name = nameOfConnections();
  const db = new PostgresLevel({ address, name, clock, isReadOnly: true, attempts: 1 }, encodings);
  try {
    await db.open();
    return await look(db, address.shown);
  } catch (error) {
    const cause = storeError(address.shown, (error as Error).cause ?? error);
    if (isUnknownTable(cause.cause)) return undefined;
    throw cause;
  } finally {
    await db.close();
  }
}

function nameOfConnections(): string {
  return `ngr ${hostname()} ${process.pid} `.slice(0, NAME_BYTES - 12) + randomUUID().slice(0, 8);
}
