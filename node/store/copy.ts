import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { BEING_COPIED, FORMAT_KEY, unfinishedCopy } from './format.ts';
import { openError } from './open-error.ts';
import { openDatabase, type OpenDatabase, type OpenOptions } from './store.ts';

const BATCH_ROWS = 2_000;
/** Read in one go. More than a few, and a database would give so many whatever their size. */
const READ_ROWS = 32;
const BATCH_BYTES = 4 * 1024 * 1024;

export interface CopyProgress {
  step: 'copying' | 'verifying';
  rows: number;
}

export interface StoreCopy {
  from: string;
  to: string;
  rows: number;
  bytes: number;
  /** SHA-256 of all keys and values, each behind its length. */
  digest: string;
}

interface CopyOptions extends Pick<OpenOptions, 'clock' | 'leaseTimes'> {
  progress?: (progress: CopyProgress) => void;
  signal?: AbortSignal;
}

/**
 * Copies a store to another place, and reads what has arrived: both have to be the same to the last byte. No node may have
 * either of them open. What an interrupted copy has left is cleared away by the next.
 *
 * @param from,to directories or URLs, as of `openStore`
 * @throws StoreError `STORE_EMPTY` there is none at `from` · `STORE_BEING_COPIED` it is an unfinished copy itself · `STORE_NOT_EMPTY` there is
 *   something at `to` · `STORE_COPY_DIFFERS` · those of `openStore`, as `STORE_NO_SPACE`
 */
export async function copyStore(from: string, to: string, options: CopyOptions = {}): Promise<StoreCopy> {
  const source = await openDatabase(from, options);
  try {
    const format = await source.db.get(FORMAT_KEY);
    if (format === undefined) throw noSource(source);
    if (isUnfinished(format)) throw unfinishedCopy(source.shown);
    const target = await openDatabase(to, options);
    try {
      return await copyBetween(source, target, format, options);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyBetween(
  source: OpenDatabase,
  target: OpenDatabase,
  format: Uint8Array,
  { progress = () => undefined, signal }: CopyOptions,
): Promise<StoreCopy> {
  await makeRoom(target);
  const copied = new Tally((rows) => progress({ step: 'copying', rows }));
  for await (const rows of portions(source, signal)) {
    for (const row of rows) copied.add(row);
    await write(target, rows);
  }
  const arrived = new Tally((rows) => progress({ step: 'verifying', rows }));
  for await (const rows of portions(target, signal)) for (const row of rows) arrived.add(row);
  const [sent, found] = [copied.sum(), arrived.sum()];
  if (sent.digest !== found.digest || sent.rows !== found.rows) {
    throw new StoreError(
      'STORE_COPY_DIFFERS',
      `The copy in ${target.shown} is not what lies in ${source.shown}: ${found.rows} rows of ${sent.rows} (${found.digest}, ${sent.digest}).`,
      { remedy: 'Check disk and memory of both, and copy again. The source is as it was.' },
    );
  }
  await write(target, [[Buffer.from(FORMAT_KEY), format]]);
  return { from: source.shown, to: target.shown, ...sent };
}

/** The rows of a store, but that which tells its format, in portions of a bounded size. */
async function* portions(
  { db, shown }: OpenDatabase,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let bytes = 0;
  const encodings = { keyEncoding: 'buffer', valueEncoding: 'view' };
  const iterator = db.iterator<Buffer, Uint8Array>(encodings);
  try {
    for (;;) {
      const found = await iterator.nextv(READ_ROWS).catch((cause: unknown) => {
        throw told(shown, cause);
      });
      if (found.length === 0) break;
      signal?.throwIfAborted();
      for (const [key, value] of found) {
        if (key.equals(Buffer.from(FORMAT_KEY))) continue;
        rows.push([key, value]);
        bytes += key.length + value.length;
        if (rows.length < BATCH_ROWS && bytes < BATCH_BYTES) continue;
        yield rows;
        [rows, bytes] = [[], 0];
      }
    }
    yield rows;
  } finally {
    await iterator.close();
  }
}

/** What keeps a place from being read or written, as who copies has to know it. */
function told(shown: string, cause: unknown): StoreError {
  return cause instanceof StoreError ? cause : openError(shown, cause);
}

type Row = readonly [key: Buffer, value: Uint8Array];

async function makeRoom(target: OpenDatabase): Promise<void> {
  const { db, shown } = target;
  const [first] = await db.keys({ limit: 1 }).all();
  const format = await db.get(FORMAT_KEY);
  if (first !== undefined && !isUnfinished(format)) {
    throw new StoreError('STORE_NOT_EMPTY', `There is a store in ${shown} already.`, {
      remedy: 'Name a place where there is none: another directory, or another schema in the URL.',
    });
  }
  await write(target, [[Buffer.from(FORMAT_KEY), Buffer.from(BEING_COPIED)]]);
  for await (const rows of portions(target, undefined)) await remove(db, rows);
}

async function write({ db, shown }: OpenDatabase, rows: readonly Row[]): Promise<void> {
  const batch = db.batch();
  for (const [key, value] of rows) batch.put<Buffer, Uint8Array>(key, value, { keyEncoding: 'buffer' });
  const durable: { sync: boolean } = { sync: true };
  await batch.write(durable).catch((cause: unknown) => {
    throw told(shown, cause);
  });
}

async function remove(db: Database, rows: readonly Row[]): Promise<void> {
  const batch = db.batch();
  for (const [key] of rows) batch.del<Buffer>(key, { keyEncoding: 'buffer' });
  await batch.write();
}

class Tally {
  readonly #hash = createHash('sha256');
  readonly #tell: (rows: number) => void;
  #rows = 0;
  #bytes = 0;

  constructor(tell: (rows: number) => void) {
    this.#tell = tell;
  }

  add([key, value]: Row): void {
    const lengths = Buffer.allocUnsafe(8);
    lengths.writeUInt32BE(key.length, 0);
    lengths.writeUInt32BE(value.length, 4);
    this.#hash.update(lengths).update(key).update(value);
    this.#rows += 1;
    this.#bytes += key.length + value.length;
    if (this.#rows % 10_000 === 0) this.#tell(this.#rows);
  }

  sum(): { rows: number; bytes: number; digest: string } {
    return { rows: this.#rows, bytes: this.#bytes, digest: this.#hash.digest('hex') };
  }
}

function isUnfinished(format: Uint8Array | undefined): boolean {
  return format !== undefined && Buffer.from(format).toString() === BEING_COPIED;
}

function noSource({ shown }: OpenDatabase): StoreError {
  return new StoreError('STORE_EMPTY', `There is no store in ${shown}.`, {
    remedy:
      'Name the data directory of a node (that of the bundled sample is "sample" in it), or the URL of its store.',
  });
}
