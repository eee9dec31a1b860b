import { createGunzip } from 'node:zlib';
import { UsageLogError } from './errors.ts';

/** Bytes that are unpacked at a time: at most a thousand times as many come out. */
const PACKED_PIECE = 8 * 1024;

/** Whether a file begins as gzip does (RFC 1952, section 2.3.1). */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * The content of a file that may be packed by gzip, also in several members. Of one that is cut off or damaged, all that
 * stands before is given first.
 *
 * @throws UsageLogError `USAGE_ARCHIVE_DAMAGED`
 */
export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    let start = Buffer.alloc(0);
    let next = await pieces.next();
    for (; next.done !== true && start.length < 2; next = await pieces.next())
      start = Buffer.concat([start, next.value]);
    const rest = { [Symbol.asyncIterator]: () => pieces };
    const all = joined(start, next.done === true ? undefined : next.value, rest);
    if (isGzip(start)) yield* gunzipped(all);
    else yield* all;
  } finally {
    await pieces.return?.();
  }
}

async function* joined(
  start: Uint8Array,
  next: Uint8Array | undefined,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (start.length > 0) yield start;
  if (next === undefined) return;
  yield next;
  yield* rest;
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // Not by the stream's iterator: with an error that would lose what came out before.
  let out: Buffer[] = [];
  const broken: { by?: Error } = {};
  gunzip.on('data', (piece: Buffer) => out.push(piece));
  // Of a write that fails, nobody is told but by this.
  let goOn = (): void => undefined;
  gunzip.on('error', (error) => {
    broken.by = error;
    goOn();
  });
  gunzip.on('close', () => goOn());
  try {
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length && broken.by === undefined; at += PACKED_PIECE) {
        const part = piece.subarray(at, at + PACKED_PIECE);
        await new Promise<void>((resolve) => {
          goOn = resolve;
          gunzip.write(part, () => resolve());
        });
        const ready = out;
        out = [];
        yield* ready;
      }
      if (broken.by !== undefined) break;
    }
    if (broken.by === undefined) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
        gunzip.end();
      });
    }
    yield* out;
  } finally {
    gunzip.destroy();
  }
  if (broken.by !== undefined)
    throw new UsageLogError(
      'USAGE_ARCHIVE_DAMAGED',
      'The file is cut off or damaged; what stands before was read.',
      {
        remedy: 'Compare the file with its original, and read it again; what was read already counts once.',
        cause: broken.by,
      },
    );
}
