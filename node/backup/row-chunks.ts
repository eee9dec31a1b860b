/*
 * A chunk is some rows of the store that follow one another:
 *
 *     | key length | key, UTF-8 | value length | value | next row …          lengths: 4 bytes, big-endian
 *
 * Where one ends and the next begins hangs on the keys alone (and a little on the sizes): a row that comes, goes or changes
 * makes its own chunk another one, and leaves those before and behind it the same files.
 */
const LENGTH_BYTES = 4;
const TARGET_BYTES = 1024 * 1024;
const LEAST_BYTES = TARGET_BYTES / 4;
const MOST_BYTES = TARGET_BYTES * 4;

export interface RowChunk {
  bytes: Buffer;
  rows: number;
}

/** Cuts rows, given in the order of their keys, into chunks of about a megabyte; only a larger row makes a chunk of more than four. */
export class RowChunks {
  #parts: Uint8Array[] = [];
  #size = 0;
  #rows = 0;

  /** @returns the chunk that ends before this row, where one does */
  add(key: string, value: Uint8Array): RowChunk | undefined {
    const name = Buffer.from(key);
    const size = 2 * LENGTH_BYTES + name.length + value.length;
    const isFull = this.#size + size > MOST_BYTES && this.#rows > 0;
    const done = isFull || (this.#size >= LEAST_BYTES && isBoundary(key, size)) ? this.take() : undefined;
    const lengths = Buffer.alloc(2 * LENGTH_BYTES);
    lengths.writeUInt32BE(name.length, 0);
    lengths.writeUInt32BE(value.length, LENGTH_BYTES);
    this.#parts.push(lengths.subarray(0, LENGTH_BYTES), name, lengths.subarray(LENGTH_BYTES), value);
    this.#size += size;
    this.#rows += 1;
    return done;
  }

  /** What is left: the last chunk. */
  take(): RowChunk | undefined {
    if (this.#rows === 0) return undefined;
    const chunk = { bytes: Buffer.concat(this.#parts, this.#size), rows: this.#rows };
    this.#parts = [];
    this.#size = 0;
    this.#rows = 0;
    return chunk;
  }
}

/** The rows of a chunk. @throws RangeError where it is none */
export function* rowsOf(bytes: Buffer): Generator<{ key: string; value: Uint8Array }> {
  for (let at = 0; at < bytes.length;) {
    const keyEnd = at + LENGTH_BYTES + bytes.readUInt32BE(at);
    const start = keyEnd + LENGTH_BYTES;
    const end = start + bytes.readUInt32BE(keyEnd);
    if (end > bytes.length) throw new RangeError('a row goes beyond the end of its chunk');
    yield { key: bytes.toString('utf8', at + LENGTH_BYTES, keyEnd), value: bytes.subarray(start, end) };
    at = end;
  }
}

/** One row in as many as make a chunk begins one, large rows sooner than small ones. */
function isBoundary(key: string, size: number): boolean {
  return hash32(key) < (size / TARGET_BYTES) * 2 ** 32;
}

/** FNV-1a, its bits mixed once more (the end of MurmurHash3), since keys differ at their ends. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
