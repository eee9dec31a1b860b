import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { decodedText } from './decoded-text.ts';
import { FilesError } from './errors.ts';
import { type ListedFile, unreadable } from './folder.ts';
import { HEAD_LENGTH, MOST_UNPACKED } from './limits.ts';

const CHUNK = 64 * 1024;

/** The text of a file, unpacked and decoded, that can be read from the beginning as often as need be. */
export class FileText {
  /** What was odd about its encoding, as far as it has been read. */
  trouble: string | undefined;
  /** Bytes of the file that have been read, of the latest reading. */
  bytesRead = 0;
  readonly #file: ListedFile;
  readonly #signal: AbortSignal;

  constructor(file: ListedFile, signal: AbortSignal) {
    this.#file = file;
    this.#signal = signal;
  }

  /** The beginning, from which the kind of file is told. @throws FilesError */
  async head(): Promise<string> {
    let head = '';
    try {
      for await (const chunk of this.read()) {
        head += chunk;
        if (head.length >= HEAD_LENGTH) break;
      }
    } catch (error) {
      // It is met again where the file is read.
      if (head === '' || !(error instanceof FilesError)) throw error;
    }
    return head;
  }

  /** All of it, piece by piece. @throws FilesError `FILE_UNREADABLE`, `FILE_DAMAGED`, or the signal's reason */
  async *read(): AsyncGenerator<string> {
    this.trouble = yield* decodedText(this.#bytes());
  }

  async *#bytes(): AsyncGenerator<Buffer> {
    const { name, path } = this.#file;
    const isPacked = await isGzip(path);
    const file = createReadStream(path, { highWaterMark: CHUNK });
    const bytes: AsyncIterable<Buffer> = isPacked ? unpacked(file) : file;
    let length = 0;
    try {
      for await (const chunk of bytes) {
        this.#signal.throwIfAborted();
        this.bytesRead = file.bytesRead;
        length += chunk.length;
        if (length > MOST_UNPACKED) throw damaged(name, `unpacks to more than ${MOST_UNPACKED} bytes`);
        yield chunk;
      }
    } catch (cause) {
      this.#signal.throwIfAborted();
      if (cause instanceof FilesError) throw cause;
      const { code = '', message } = cause as NodeJS.ErrnoException;
      if (!code.startsWith('Z_')) throw unreadable(name, cause);
      if (code === 'Z_BUF_ERROR') yield* this.#beforeTheCut(length);
      throw damaged(name, `cannot be unpacked to its end (${message})`, cause);
    }
  }

  /** What can be unpacked of a file that is cut off, behind what was unpacked before that showed. */
  async *#beforeTheCut(length: number): AsyncGenerator<Buffer> {
    let passed = 0;
    const file = createReadStream(this.#file.path, { highWaterMark: CHUNK });
    for await (const chunk of unpacked(file, constants.Z_SYNC_FLUSH)) {
      const rest = chunk.subarray(Math.max(0, length - passed));
      passed += chunk.length;
      if (rest.length > 0) yield rest;
    }
  }
}

/** @param finishFlush what to do where the data end before the stream does */
function unpacked(file: ReadStream, finishFlush: number = constants.Z_FINISH): AsyncIterable<Buffer> {
  // An error comes out of the iteration, too.
  return pipeline(file, createGunzip({ chunkSize: CHUNK, finishFlush }), () => {});
}

/** RFC 1952, section 2.3.1. */
async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await handle.close();
  }
}

function damaged(name: string, what: string, cause?: unknown): FilesError {
  return new FilesError('FILE_DAMAGED', `${name} ${what}.`, { cause });
}
