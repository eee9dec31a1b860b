import { access, chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FORMAT, makeDirectory, openError, openStore, type Database } from '../store/index.ts';
import { ChunkFolder } from './chunk-folder.ts';
import { BackupError } from './errors.ts';
import { Manifests, type Manifest } from './manifest.ts';
import { rowsOf } from './row-chunks.ts';
import { backupsIn, verifyChunks, type Watched } from './verify-backup.ts';

export interface RestoreOptions extends Watched {
  folder: string;
  /** The data directory to be. */
  directory: string;
  /** The beginning of a time, such as `2026-11-21`: the newest backup of those. Without it the newest of all. */
  at?: string | undefined;
  /** The id of the key that lies in the data directory already, where there is one. */
  keyThere?: string | undefined;
}

/** Where the store is put together, below the data directory: it gets its place when it is whole. */
const RESTORING = 'restoring';

/**
 * Puts a backup into a data directory that has no store. Signature and every chunk are verified before the first byte is
 * written; a restore that was broken off leaves nothing that a node would take for data.
 *
 * @throws BackupError `BACKUP_NOT_FOUND` · `BACKUP_DAMAGED` · `BACKUP_NOT_SIGNED` · `BACKUP_TARGET_IN_USE` · `BACKUP_OTHER_KEY` ·
 *   `BACKUP_TOO_NEW`; StoreError where the directory cannot be written
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { folder, directory, at, keyThere } = options;
  const name = newest(await backupsIn(folder), at);
  const manifest = await new Manifests(folder).read(name);
  if (await isThere(join(directory, 'store'))) throw inUse(directory);
  if (keyThere !== undefined && keyThere !== manifest.node) throw otherKey(directory, manifest);
  if (Number.parseInt(manifest.storeFormat, 10) > FORMAT) throw tooNew(manifest);
  const chunks = new ChunkFolder(folder);
  await verifyChunks(manifest, chunks, new Map(), options);

  const draft = join(directory, RESTORING);
  try {
    await makeDirectory(directory);
    await rm(draft, { recursive: true, force: true });
    await restoreFiles(manifest, chunks, directory);
    await restoreRows(manifest, chunks, draft, options);
    await rename(join(draft, 'store'), join(directory, 'store'));
    await rm(draft, { recursive: true, force: true });
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw cause instanceof BackupError ? cause : openError(directory, cause);
  }
  return manifest;
}

/** Names are times without colons, as `2026-11-21T233012.000Z.json`. */
function newest(names: readonly string[], at: string | undefined): string {
  const found = names.findLast((name) => at === undefined || name.startsWith(at.replaceAll(':', '')));
  if (found !== undefined) return found;
  throw new BackupError('BACKUP_NOT_FOUND', `There is no backup of ${at}.`, {
    remedy: `There are those of ${names.map((name) => name.replace('.json', '')).join(', ')}.`,
  });
}

async function restoreRows(
  { chunks, rows }: Manifest,
  folder: ChunkFolder,
  draft: string,
  { progress, signal }: Watched,
): Promise<void> {
  const store = await openStore(draft);
  try {
    let written = 0;
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      written += await writeRows(store.db, await folder.read(chunk));
      progress?.({ step: 'restoring', rows: written });
    }
    signal?.throwIfAborted();
    if (written !== rows) throw new RangeError(`${written} rows of ${rows}`);
  } finally {
    await store.close();
  }
}

async function writeRows(db: Database, content: Buffer): Promise<number> {
  const batch = db.batch();
  for (const { key, value } of rowsOf(content)) batch.put(key, value);
  const { length } = batch;
  const durable: { sync: boolean } = { sync: true };
  await batch.write(durable);
  return length;
}

async function restoreFiles({ files }: Manifest, folder: ChunkFolder, directory: string): Promise<void> {
  for (const { path, chunks } of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'w', 0o600);
    try {
      for (const chunk of chunks) await handle.writeFile(await folder.read(chunk));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(file, 0o600);
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

function inUse(directory: string): BackupError {
  return new BackupError(
    'BACKUP_TARGET_IN_USE',
    `There are data in ${directory} already; they were left as they are.`,
    {
      remedy: 'Name an empty --data directory, or take its "store" folder away first.',
    },
  );
}

function otherKey(directory: string, { node, name }: Manifest): BackupError {
  return new BackupError(
    'BACKUP_OTHER_KEY',
    `The key in ${directory} is not that of the backup, which is of ${name} (${node}).`,
    { remedy: 'Put the key of that node there ("ngr identity import"), or name an empty --data directory.' },
  );
}

function tooNew({ storeFormat, version }: Manifest): BackupError {
  return new BackupError(
    'BACKUP_TOO_NEW',
    `The backup has data of format ${storeFormat}, written by NGR Node ${version}; this version knows ${FORMAT}.`,
    { remedy: `Restore it with NGR Node ${version} or a later one.` },
  );
}
