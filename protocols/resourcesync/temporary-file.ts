import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResourceSyncError } from './errors.ts';

const CHUNK_BYTES = 64 * 1024;

/**
 * A file of bytes that are read more than once, or slower than they come. It has no name in its folder, where the system
 * allows that, so that nothing of it is left when the process ends in whatever way.
 */
export class TemporaryFile {
  readonly #handle: FileHandle;
  /** Where it could not be taken out of its folder at once. */
  readonly #path: string | undefined;
  #bytes = 0;

  private constructor(handle: FileHandle, path: string | undefined) {
    this.#handle = handle;
    this.#path = path;
  }

  static async create(): Promise<TemporaryFile> {
    const path = join(tmpdir(), `ngr-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600).catch((cause: unknown) => {
      throw noRoom(cause);
    });
    const isGone = await unlink(path).then(
      () => true,
      () => false,
    );
    return new TemporaryFile(handle, isGone ? undefined : path);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws ResourceSyncError `RESOURCESYNC_DISK` */
  async append(chunk: Uint8Array): Promise<void> {
    for (let written = 0; written < chunk.byteLength;) {
      const left = chunk.byteLength - written;
      const { bytesWritten } = await this.#handle
        .write(chunk, written, left, this.#bytes)
        .catch((cause: unknown) => {
          throw noRoom(cause);
        });
      written += bytesWritten;
      this.#bytes += bytesWritten;
    }
  }

  async clear(): Promise<void> {
    await this.#handle.truncate(0);
    this.#bytes = 0;
  }

  /** As many bytes from a place as there are. */
  async read(buffer: Uint8Array, position: number): Promise<number> {
    let filled = 0;
    while (filled < buffer.byteLength) {
      const left = buffer.byteLength - filled;
      const { bytesRead } = await this.#handle.read(buffer, filled, left, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  /** The bytes from a place up to another, piece by piece. */
  async *range(start = 0, end = this.#bytes): AsyncGenerator<Uint8Array> {
    for (let position = start; position < end;) {
      const piece = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - position));
      const filled = await this.read(piece, position);
      if (filled === 0) return;
      yield piece.subarray(0, filled);
      position += filled;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#path !== undefined) await unlink(this.#path).catch(() => undefined);
  }
}

function noRoom(cause: unknown): ResourceSyncError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ResourceSyncError('RESOURCESYNC_DISK', `No temporary file can be written: ${why}`, { cause });
}
