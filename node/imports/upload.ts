import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ImportError } from './errors.ts';

/** Bytes of one file. */
const LONGEST_FILE = 20 * 1024 ** 3;
/** Bytes of the disk that are left to the node's store. */
const LEFT_FREE = 64 * 1024 ** 2;
/** Bytes after which the disk is looked at again. */
const CHECK_EVERY = 16 * 1024 ** 2;

/** A piece of a file, or the whole of it. */
export interface FilePart {
  /** Bytes before it. */
  first: number;
  /** Bytes of the whole file, where that is known; with the last of them the file is there. */
  total?: number;
  /** Whether the file ends with this part, however long it is. */
  isLast?: boolean;
  /** When its content was last changed, milliseconds since 1970. */
  modifiedAt?: number;
  bytes: AsyncIterable<Uint8Array>;
}

export interface Received {
  /** Bytes of the file that are here. */
  received: number;
  isComplete: boolean;
}

/** Of the disk that a folder is on, bytes. */
export type FreeSpace = (folder: string) => Promise<number>;

/**
 * Writes a part of a file under a name of its own beside it; with the last part the file takes the place of what was
 * there before, at once and whole. A part that does not come to its end leaves what was there before it.
 *
 * @throws ImportError `IMPORT_BAD_PART`, `IMPORT_TOO_LARGE`, `IMPORT_DISK_FULL`, `IMPORT_CUT_OFF`
 */
export async function receivePart(path: string, part: FilePart, freeSpace: FreeSpace): Promise<Received> {
  const folder = dirname(path);
  const partial = partialPath(path);
  refuseTooLarge(part.total ?? part.first);
  await mkdir(folder, { recursive: true });
  const handle = await openPartial(partial, part.first);
  let received: number;
  try {
    try {
      received = await write(handle, part, () => freeSpace(folder));
      if (part.total !== undefined && received > part.total) {
        throw new ImportError('IMPORT_BAD_PART', `More than the ${part.total} bytes of the file came.`);
      }
      if (isComplete(part, received)) await handle.sync();
    } catch (cause) {
      await handle.truncate(part.first);
      throw reasonOf(cause);
    }
  } catch (error) {
    await handle.close();
    if (part.first === 0) await rm(partial, { force: true });
    throw error;
  }
  await handle.close();
  if (!isComplete(part, received)) return { received, isComplete: false };
  await takePlace(partial, path, part.modifiedAt);
  return { received, isComplete: true };
}

function isComplete({ total, isLast = false }: FilePart, received: number): boolean {
  return total === undefined ? isLast : received === total;
}

/** Hidden, so that it is no file of the import. */
function partialPath(path: string): string {
  const folder = dirname(path);
  return join(folder, `.${path.slice(folder.length + 1)}.part`);
}

async function openPartial(partial: string, first: number): Promise<FileHandle> {
  if (first === 0) return await open(partial, 'w');
  const size = await stat(partial).then(
    (info) => info.size,
    () => 0,
  );
  if (size === first) return await open(partial, 'r+');
  throw new ImportError(
    'IMPORT_BAD_PART',
    `${size} bytes of this file are here, so the part at ${first} does not fit.`,
    {
      remedy: `Send the file from byte ${size} on, or from its beginning.`,
      details: { received: size },
    },
  );
}

async function write(
  handle: FileHandle,
  { first, bytes }: FilePart,
  freeSpace: () => Promise<number>,
): Promise<number> {
  let at = first;
  let checkAt = at;
  for await (const chunk of bytes) {
    refuseTooLarge(at + chunk.length);
    if (at >= checkAt) {
      if ((await freeSpace()) < CHECK_EVERY + LEFT_FREE) throw diskFull();
      checkAt = at + CHECK_EVERY;
    }
    for (let written = 0; written < chunk.length;) {
      const { bytesWritten } = await handle.write(chunk, written, chunk.length - written, at + written);
      written += bytesWritten;
    }
    at += chunk.length;
  }
  return at;
}

/** The same content again is no news: the file stays as old as it is, and so do the records in it that have no date. */
async function takePlace(partial: string, path: string, modifiedAt: number | undefined): Promise<void> {
  if (await isSame(partial, path)) {
    await rm(partial);
    return;
  }
  if (modifiedAt !== undefined) await utimes(partial, new Date(), new Date(modifiedAt));
  await rename(partial, path);
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  if (a === undefined || b?.isFile() !== true || a.size !== b.size) return false;
  // Reads of files come in pieces of the same length.
  const others = createReadStream(other)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for await (const chunk of createReadStream(one) as AsyncIterable<Buffer>) {
      const { value } = (await others.next()) as { value?: Buffer };
      if (value === undefined || !chunk.equals(value)) return false;
    }
    return true;
  } finally {
    await others.return?.();
  }
}

function refuseTooLarge(length: number): void {
  if (length <= LONGEST_FILE) return;
  throw new ImportError('IMPORT_TOO_LARGE', `A file may have ${LONGEST_FILE} bytes.`, {
    remedy: 'Pack it with gzip, or divide it into several files.',
  });
}

function reasonOf(cause: unknown): ImportError {
  if (cause instanceof ImportError) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(cause);
  return new ImportError('IMPORT_CUT_OFF', 'The file did not come to its end.', {
    remedy: 'Send it again.',
    cause,
  });
}

function diskFull(cause?: unknown): ImportError {
  return new ImportError('IMPORT_DISK_FULL', 'The disk has no room for this file.', {
    remedy: 'Free some space on the disk of the data directory, and import again.',
    cause,
  });
}
