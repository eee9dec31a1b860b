import { createHash } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** What came, and where it lies until it is disposed of. */
export interface Spooled {
  content: { bytes: Uint8Array } | { path: string };
  length: number;
  /** Hex. */
  sha256: string;
  dispose(): Promise<void>;
}

const MOST_IN_MEMORY = 8 * 1024 * 1024;

/** Keeps files as they come: small ones in memory, others in a folder of its own. */
export class Spool {
  readonly #directory: string;
  #number = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the folder, without what an earlier life of the process left in it. */
  async clear(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
    await mkdir(this.#directory, { recursive: true });
  }

  /** @throws what the body throws; nothing is left of it then */
  async take(body: AsyncIterable<Uint8Array>): Promise<Spooled> {
    const hash = createHash('sha256');
    let pieces: Uint8Array[] = [];
    let length = 0;
    let file: { handle: FileHandle; path: string } | undefined;
    const dispose = async (): Promise<void> => {
      if (file !== undefined) await rm(file.path, { force: true });
    };
    try {
      for await (const piece of body) {
        hash.update(piece);
        length += piece.byteLength;
        pieces.push(piece);
        if (file === undefined && length <= MOST_IN_MEMORY) continue;
        file ??= await this.#open();
        await file.handle.writev(pieces);
        pieces = [];
      }
    } catch (error) {
      await file?.handle.close();
      await dispose();
      throw error;
    }
    await file?.handle.close();
    const content = file === undefined ? { bytes: joined(pieces, length) } : { path: file.path };
    return { content, length, sha256: hash.digest('hex'), dispose };
  }

  async #open(): Promise<{ handle: FileHandle; path: string }> {
    this.#number += 1;
    const path = join(this.#directory, String(this.#number));
    return { handle: await open(path, 'w'), path };
  }
}

/** In memory of their own, which can be handed over to another thread. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
