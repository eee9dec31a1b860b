import { access } from 'node:fs/promises';
import { NgrError } from '../../vocab/errors.ts';
import { ChunkFolder } from './chunk-folder.ts';
import { BackupError, folderError } from './errors.ts';
import { Manifests, type Manifest } from './manifest.ts';
import { rowsOf } from './row-chunks.ts';

/** For whoever waits for all bytes of a backup to be read. */
export interface Watched {
  /** Rows of this backup so far. */
  progress?: (progress: { step: 'verifying' | 'restoring'; rows: number }) => void;
  signal?: AbortSignal;
}

/** What became of the verification of one backup. */
export interface VerifiedBackup {
  name: string;
  manifest?: Manifest;
  /** What is wrong with it. */
  error?: NgrError;
}

/**
 * Reads each backup in a folder from its beginning to its end: signature, all chunks, counts. What several have is read once.
 * @throws BackupError `BACKUP_NOT_FOUND` where there is none; the reason of the signal
 */
export async function* verifyBackups(folder: string, watched: Watched = {}): AsyncGenerator<VerifiedBackup> {
  const manifests = new Manifests(folder);
  const chunks = new ChunkFolder(folder);
  const verified = new Map<string, number>();
  for (const name of await backupsIn(folder)) {
    try {
      const manifest = await manifests.read(name);
      await verifyChunks(manifest, chunks, verified, watched);
      yield { name, manifest };
    } catch (error) {
      watched.signal?.throwIfAborted();
      if (!(error instanceof NgrError)) throw error;
      yield { name, error };
    }
  }
}

/** The names of the backups in a folder, oldest first. @throws BackupError `BACKUP_NOT_FOUND` where there is none */
export async function backupsIn(folder: string): Promise<string[]> {
  await access(folder).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  const names = await new Manifests(folder).names();
  if (names.length > 0) return names;
  throw new BackupError('BACKUP_NOT_FOUND', `There is no backup in ${folder}.`, {
    remedy: 'Name the folder that was given to "ngr backup".',
  });
}

/**
 * @param verified the chunks that were found right, with their rows; added to
 * @throws BackupError `BACKUP_DAMAGED`
 */
export async function verifyChunks(
  manifest: Manifest,
  chunks: ChunkFolder,
  verified: Map<string, number>,
  { progress, signal }: Watched,
): Promise<void> {
  let rows = 0;
  for (const chunk of manifest.chunks) {
    signal?.throwIfAborted();
    const has = verified.get(chunk.digest) ?? rowsIn(await chunks.read(chunk));
    verified.set(chunk.digest, has);
    if (has !== chunk.rows) throw miscounted(manifest);
    rows += has;
    progress?.({ step: 'verifying', rows });
  }
  signal?.throwIfAborted();
  if (rows !== manifest.rows) throw miscounted(manifest);
  for (const file of manifest.files) {
    for (const chunk of file.chunks) {
      signal?.throwIfAborted();
      if (!verified.has(chunk.digest)) await chunks.read(chunk);
      verified.set(chunk.digest, verified.get(chunk.digest) ?? 0);
    }
  }
}

function rowsIn(content: Buffer): number {
  let rows = 0;
  for (const _ of rowsOf(content)) rows += 1;
  return rows;
}

function miscounted({ time }: Manifest): BackupError {
  return new BackupError(
    'BACKUP_DAMAGED',
    `The backup of ${time} has another number of rows than it tells.`,
    {
      remedy: 'Restore another backup, or a copy of this one.',
    },
  );
}
