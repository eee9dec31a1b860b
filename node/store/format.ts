import { StoreError } from './errors.ts';
import { migrations as allMigrations, type Migration, type RowOperation } from './migrations/index.ts';
import { nothingToRead, tooNewToRead, tooOldToRead } from './reading-errors.ts';
import type { Database } from './database.ts';

/*
 *     format       number of the layout of everything in the store, as text; `2>3` while it is brought from 2 to 3
 *     migration    from where that goes on after an interruption
 *
 * `2>3` is no number: a version that knows format 2 only refuses data that are on their way, as those of a later format.
 */
export const FORMAT_KEY = 'format';
/** In place of the number, as long as a copy has not all rows (`copy.ts`): no version opens such a store. */
export const BEING_COPIED = 'being copied';
const CURSOR_KEY = 'migration';

/** How far a step of the migration is. */
export interface MigrationProgress {
  from: number;
  to: number;
  /** What changes. */
  about: string;
  /** Rows seen so far. */
  done: number;
  isFinished: boolean;
}

export interface FormatOptions {
  /** What is opened, for messages: a directory or a URL without its password. */
  place: string;
  /** Told at the beginning of each step, after each batch, and at its end. */
  progress?: ((progress: MigrationProgress) => void) | undefined;
  /** For tests. */
  migrations?: readonly Migration[];
}

/** The format that this version reads and writes. */
export const FORMAT = latestOf(allMigrations);

/**
 * Brings the data to the format that this version knows, step by step, each going on where it was interrupted. A store
 * that is empty gets the number at once.
 *
 * @throws StoreError `STORE_TOO_NEW` of a later version, and left as it is · `STORE_BEING_COPIED` ·
 *   `STORE_DAMAGED` the number is none
 */
export async function bringToFormat(
  db: Database,
  { place, progress, migrations = allMigrations }: FormatOptions,
): Promise<void> {
  const latest = latestOf(migrations);
  const found = await textAt(db, FORMAT_KEY);
  if (found === undefined) {
    await write(db, [formatOperation(String(latest))]);
    return;
  }
  const at = startOf(found, place);
  if (at > latest || (at === latest && found !== String(at))) throw tooNew(place, found, latest);
  for (const step of migrations) if (step.from >= at) await migrate(db, step, progress);
}

/**
 * Whether the data are of the format that this version knows, for who reads along with the process that writes.
 * @throws StoreError `STORE_EMPTY` · `STORE_TOO_OLD` the writer has not brought them to it yet · `STORE_TOO_NEW` it is of a later
 *   version · `STORE_DAMAGED`
 */
export async function requireFormat(db: Database, place: string): Promise<void> {
  const found = await textAt(db, FORMAT_KEY);
  if (found === String(FORMAT)) return;
  if (found === undefined) throw nothingToRead(place);
  throw startOf(found, place) < FORMAT ? tooOldToRead(place) : tooNewToRead(place);
}

/** The number of the format in a store, undefined where it is empty; of one that is on its way, that from which it comes. */
export async function formatOf(db: Database, place: string): Promise<number | undefined> {
  const found = await textAt(db, FORMAT_KEY);
  return found === undefined ? undefined : startOf(found, place);
}

async function migrate(
  db: Database,
  { from, to, about, pieces }: Migration,
  progress: FormatOptions['progress'],
): Promise<void> {
  const tell = (done: number, isFinished: boolean): void => progress?.({ from, to, about, done, isFinished });
  const underWay = `${from}>${to}`;
  const cursor = (await textAt(db, FORMAT_KEY)) === underWay ? await db.get(CURSOR_KEY) : undefined;
  let done = 0;
  tell(done, false);
  if (cursor === undefined) await write(db, [formatOperation(underWay)]);
  for await (const piece of pieces(db, cursor)) {
    await write(db, [...piece.operations, { type: 'put', key: CURSOR_KEY, value: piece.cursor }]);
    done = piece.done;
    tell(done, false);
  }
  await write(db, [formatOperation(String(to)), { type: 'del', key: CURSOR_KEY }]);
  tell(done, true);
}

function startOf(found: string, place: string): number {
  const [, from] = /^(\d{1,6})(?:>\d{1,6})?$/.exec(found) ?? [];
  if (from !== undefined && Number(from) > 0) return Number(from);
  if (found === BEING_COPIED) throw unfinishedCopy(place);
  throw new StoreError('STORE_DAMAGED', `The data in ${place} tell no format, but "${found.slice(0, 40)}".`, {
    remedy: 'Restore them from a backup ("ngr restore"), or start with an empty --data directory.',
  });
}

/** What "ngr store copy" was broken off at. */
export function unfinishedCopy(place: string): StoreError {
  return new StoreError('STORE_BEING_COPIED', `The store in ${place} is a copy that was not finished.`, {
    remedy: 'Copy it again, from where it came from ("ngr store copy"): that is as it was.',
  });
}

function tooNew(place: string, found: string, latest: number): StoreError {
  return new StoreError(
    'STORE_TOO_NEW',
    `The data in ${place} have format ${found}; this version knows ${latest}, and data are not brought back to a former format.`,
    {
      remedy:
        'Start the version of NGR Node that wrote them, or a later one; or restore the backup from before the upgrade into another --data directory (docs/upgrading.md).',
    },
  );
}

function latestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.to ?? 1;
}

async function textAt(db: Database, key: string): Promise<string | undefined> {
  const found = await db.get(key);
  return found === undefined ? undefined : Buffer.from(found).toString();
}

function formatOperation(format: string): RowOperation {
  return { type: 'put', key: FORMAT_KEY, value: Buffer.from(format) };
}

async function write(db: Database, operations: readonly RowOperation[]): Promise<void> {
  const batch = db.batch();
  for (const operation of operations) {
    if (operation.type === 'put') batch.put(operation.key, operation.value);
    else batch.del(operation.key);
  }
  const durable: { sync: boolean } = { sync: true };
  await batch.write(durable);
}
