import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { writeDurably } from '../durable-file.ts';
import { BackupError } from './errors.ts';

const compress = promisify(gzip);
const decompress = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** A chunk, as manifests name it: the sha-256 of its content in hex, and how many bytes that has. */
export interface ChunkName {
  digest: string;
  bytes: number;
}

/**
 * The chunks of all backups in a folder: `chunks/ab/<digest>.gz`, gzipped (RFC 1952). Whoever has the same content has the
 * same file.
 */
export class ChunkFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'chunks');
  }

  /**
   * Writes a chunk, and reads it back.
   * @param known digests of chunks that former backups have: where the file is there still, it is left alone
   * @returns the bytes that were written; 0 where it was there
   */
  async put(content: Buffer, known: ReadonlySet<string>): Promise<ChunkName & { written: number }> {
    const name = { digest: digestOf(content), bytes: content.length };
    const file = this.#fileOf(name.digest);
    if (known.has(name.digest) && (await sizeOf(file)) > 0) return { ...name, written: 0 };
    const packed = await compress(content, { level: 4 });
    await mkdir(join(this.#folder, name.digest.slice(0, 2)), { recursive: true, mode: 0o700 });
    await writeDurably(file, packed);
    await this.read(name);
    return { ...name, written: packed.length };
  }

  /** The content of a chunk. @throws BackupError `BACKUP_DAMAGED` where it is missing or is another */
  async read({ digest, bytes }: ChunkName): Promise<Buffer> {
    const file = this.#fileOf(digest);
    const content = await readFile(file)
      .then((packed) => decompress(packed, { maxOutputLength: Math.max(1, bytes) }))
      .catch((cause: unknown) => {
        throw damaged(file, (cause as Error).message, cause);
      });
    if (content.length !== bytes || digestOf(content) !== digest)
      throw damaged(file, 'its content is another');
    return content;
  }

  /** Deletes the chunks that no backup has. @returns how many */
  async removeAllBut(needed: ReadonlySet<string>): Promise<number> {
    let removed = 0;
    for (const part of await namesIn(this.#folder)) {
      for (const name of await namesIn(join(this.#folder, part))) {
        if (needed.has(basename(name, '.gz'))) continue;
        await rm(join(this.#folder, part, name), { force: true });
        removed += 1;
      }
    }
    return removed;
  }

  #fileOf(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), `${digest}.gz`);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function damaged(file: string, why: string, cause?: unknown): BackupError {
  return new BackupError('BACKUP_DAMAGED', `A part of the backup, ${file}, cannot be used: ${why}.`, {
    remedy:
      'Put a copy of it back, or restore another backup ("ngr backup verify" tells which are whole). Where there is none, remove the file: the next backup writes it anew, if the node has the same still.',
    cause,
  });
}
