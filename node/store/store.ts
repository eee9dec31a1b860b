import { join } from 'node:path';
import { Level } from 'level';
import { systemClock, type Clock } from '../clock.ts';
import { refuseAfterFailure } from './after-failure.ts';
import type { Database, Section } from './database.ts';
import { makeDirectory } from './directory.ts';
import { StoreError } from './errors.ts';
import { bringToFormat, requireFormat, type MigrationProgress } from './format.ts';
import { openError } from './open-error.ts';
import {
  isPostgresUrl,
  openPostgres,
  openPostgresToRead,
  type Announced,
  type Holder,
  type LeaseTimes,
} from './postgres/index.ts';

/** LevelDB's own 4 MB would have it compact four times as often, on a core that a harvest has better use for. */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;

export interface Store {
  /** All rows of all sections, for copies of the whole. */
  readonly db: Database;
  section(name: string): Section;
  /** What the disk refused, where nothing is written any more until the store is opened anew. */
  failure(): Error | undefined;
  /** Of a database: tells the processes that only read where this one is, as long as it writes there. */
  announce(announced: Announced): Promise<void>;
  close(): Promise<void>;
}

/** A store that another process writes. Every write fails with `STORE_READ_ONLY`. */
export interface ReadStore extends Pick<Store, 'section' | 'close'> {
  /** Who writes there now, and where it is; undefined where nobody does. @throws StoreError `STORE_UNREACHABLE` */
  holder(): Promise<Holder | undefined>;
  /** Whether it is still of this version's format. @throws StoreError `STORE_TOO_NEW`, `STORE_TOO_OLD`, `STORE_UNREACHABLE` */
  requireFormat(): Promise<void>;
}

export interface OpenOptions {
  progress?: (progress: MigrationProgress) => void;
  clock?: Clock;
  /** Of a database: called when another process has taken the right to write. Nothing can be written from then on. */
  onLost?: (error: StoreError) => void;
  /** For tests. */
  leaseTimes?: LeaseTimes;
}

/**
 * Opens the store at `place`: a directory with the embedded one, or a URL `postgres://…`. It is made where it is not there, and
 * data of an earlier format are brought to this one first (`format.ts`). One process at a time has it open.
 *
 * @throws StoreError `STORE_LOCKED` another process has it open · `STORE_NO_RIGHTS` it cannot be written ·
 *   `STORE_NO_SPACE` the disk is full · `STORE_TOO_NEW` written by a later version · those of `openPostgres` ·
 *   `STORE_DAMAGED` anything else
 */
export async function openStore(place: string, options: OpenOptions = {}): Promise<Store> {
  const { db, shown, failure, announce, close } = await openDatabase(place, options);
  try {
    await bringToFormat(db, { place: shown, progress: options.progress });
  } catch (cause) {
    await close();
    throw cause instanceof StoreError ? cause : openError(shown, cause);
  }
  return {
    ...asStore(db),
    close,
    ...(failure !== undefined && { failure }),
    ...(announce !== undefined && { announce }),
  };
}

/**
 * Opens a store that another process writes, for reading: `place` is the URL of a database.
 *
 * @throws StoreError `STORE_EMPTY`, `STORE_TOO_OLD` the writer has to be started first · `STORE_TOO_NEW` it is of a later version · those
 *   of `openPostgres` without `STORE_LOCKED`
 */
export async function openStoreToRead(
  place: string,
  { clock = systemClock }: Pick<OpenOptions, 'clock'> = {},
): Promise<ReadStore> {
  const { db: level, shown, holder, close } = await openPostgresToRead(place, { clock });
  const db = level as unknown as Database;
  const store = {
    section: sectionsOf(db),
    holder,
    requireFormat: () => requireFormat(db, shown),
    close,
  };
  try {
    await store.requireFormat();
    return store;
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** A database as it lies there, of whatever format. */
export interface OpenDatabase {
  db: Database;
  /** Where it lies, for messages: a directory, or a URL without its password. */
  shown: string;
  /** As of `Store`. */
  failure?: () => Error | undefined;
  /** As of `Store`. */
  announce?: Store['announce'];
  close: () => Promise<void>;
}

/** Opens what lies at a place as it is. @throws StoreError as `openStore` */
export async function openDatabase(
  place: string,
  { clock = systemClock, onLost = () => undefined, leaseTimes }: Omit<OpenOptions, 'progress'> = {},
): Promise<OpenDatabase> {
  if (!isPostgresUrl(place)) return await openDirectory(place);
  const { db, ...opened } = await openPostgres(place, { clock, onLost, times: leaseTimes });
  // Its types tell of no encodings but those of the keys and values themselves.
  return { ...opened, db: db as unknown as Database };
}

async function openDirectory(directory: string): Promise<OpenDatabase> {
  const location = join(directory, 'store');
  try {
    await makeDirectory(location);
    const db = new Level<string, Uint8Array>(location, {
      keyEncoding: 'utf8',
      valueEncoding: 'view',
      writeBufferSize: WRITE_BUFFER_BYTES,
    });
    await db.open();
    return { db, shown: directory, failure: refuseAfterFailure(db), close: () => db.close() };
  } catch (cause) {
    throw openError(directory, cause);
  }
}

/** Any `abstract-level` database as a store: for tests, which run over memory too. */
export function asStore(db: Database): Store {
  return {
    db,
    section: sectionsOf(db),
    failure: () => undefined,
    announce: () => Promise.resolve(),
    close: () => db.close(),
  };
}

function sectionsOf(db: Database): (name: string) => Section {
  return (name) => db.sublevel<string, Uint8Array>(name, { keyEncoding: 'utf8', valueEncoding: 'view' });
}
