import { join } from 'node:path';
import type { AbstractBatchOperation, AbstractLevel, AbstractSublevel } from 'abstract-level';
import { Level } from 'level';
import { makeDirectory } from './directory.ts';
import { StoreError } from './errors.ts';

/** The version of the layout of everything on disk. */
const FORMAT = 3;
const FORMAT_KEY = 'format';
/** LevelDB's own 4 MB would have it compact four times as often, on a core that a harvest has better use for. */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;

/** The ordered key-value store: text keys, byte values. Everything above talks to `abstract-level`, not to LevelDB. */
export type Database = AbstractLevel<string | Buffer | Uint8Array, string, Uint8Array>;
/** A part's own piece of the store. No part reads another's. */
export type Section = AbstractSublevel<Database, string | Buffer | Uint8Array, string, Uint8Array>;
export type Operation = AbstractBatchOperation<Section, string, Uint8Array>;

export interface Store {
  section(name: string): Section;
  close(): Promise<void>;
}

/**
 * Opens the embedded store in `directory`, which is made where it is not there.
 *
 * @throws StoreError `STORE_LOCKED` another process has it open · `STORE_NO_RIGHTS` the directory cannot be written ·
 *   `STORE_NO_SPACE` the disk is full · `STORE_TOO_NEW` written by a later version · `STORE_DAMAGED` anything else
 */
export async function openStore(directory: string): Promise<Store> {
  const location = join(directory, 'store');
  let db: Level<string, Uint8Array>;
  try {
    await makeDirectory(location);
    db = new Level<string, Uint8Array>(location, {
      keyEncoding: 'utf8',
      valueEncoding: 'view',
      writeBufferSize: WRITE_BUFFER_BYTES,
    });
    await db.open();
  } catch (cause) {
    throw openError(directory, cause);
  }
  try {
    await checkFormat(db, directory);
  } catch (cause) {
    await db.close();
    throw cause instanceof StoreError ? cause : openError(directory, cause);
  }
  return asStore(db);
}

/** Any `abstract-level` database as a store: for tests, which run over memory too. */
export function asStore(db: Database): Store {
  return {
    section: (name) => db.sublevel<string, Uint8Array>(name, { keyEncoding: 'utf8', valueEncoding: 'view' }),
    close: () => db.close(),
  };
}

async function checkFormat(db: Level<string, Uint8Array>, directory: string): Promise<void> {
  const found = await db.get(FORMAT_KEY);
  if (found === undefined) {
    await db.put(FORMAT_KEY, Buffer.from(String(FORMAT)));
    return;
  }
  const format = Number(Buffer.from(found).toString());
  if (format === FORMAT) return;
  const isOlder = format < FORMAT;
  throw new StoreError(
    isOlder ? 'STORE_TOO_OLD' : 'STORE_TOO_NEW',
    `The data in ${directory} have format ${format}; this version knows ${FORMAT}.`,
    {
      remedy: isOlder
        ? `Take ${directory}/store away and start again: the node keeps its identity (identity.pem), and the records are harvested anew.`
        : 'Start the version of NGR Node that wrote them, or a later one; or name another --data directory.',
    },
  );
}

const reasons: readonly { pattern: RegExp; code: string; what: string; remedy: string }[] = [
  {
    pattern: /LEVEL_LOCKED/,
    code: 'STORE_LOCKED',
    what: 'is in use by another NGR Node process',
    remedy: 'Stop the other process, or start this one with another --data directory.',
  },
  {
    pattern: /ENOSPC|no space/i,
    code: 'STORE_NO_SPACE',
    what: 'lies on a disk that is full',
    remedy: 'Free some space on the disk, or name a --data directory on another one.',
  },
  {
    pattern: /EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT.*mkdir|permission denied|read-only/i,
    code: 'STORE_NO_RIGHTS',
    what: 'cannot be written by this user',
    remedy: 'Give the user that runs the node the right to write there, or name another --data directory.',
  },
];

/** What a failed open or write means for the operator. */
export function openError(directory: string, cause: unknown): StoreError {
  const text = errorTexts(cause).join(' ');
  const reason = reasons.find(({ pattern }) => pattern.test(text));
  if (reason !== undefined) {
    return new StoreError(reason.code, `The data directory ${directory} ${reason.what}.`, {
      remedy: reason.remedy,
      cause,
    });
  }
  return new StoreError('STORE_DAMAGED', `The data directory ${directory} cannot be opened: ${text}.`, {
    remedy:
      'Restore it from a backup, or start with an empty --data directory: the node harvests and catches up again.',
    cause,
  });
}

function errorTexts(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = (error as NodeJS.ErrnoException).code;
  return [...(code === undefined ? [] : [code]), error.message, ...errorTexts(error.cause)];
}
