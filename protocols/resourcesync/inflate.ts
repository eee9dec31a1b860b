import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ResourceSyncError } from './errors.ts';

/**
 * Bytes as they are, or unpacked where they are a gzip file (RFC 1952), as Sitemaps may be (Sitemap protocol, "Sitemap
 * file location"); bounded after unpacking.
 *
 * @throws ResourceSyncError `RESOURCESYNC_BAD_GZIP`, `RESOURCESYNC_TOO_LARGE`
 */
export async function* inflated(
  chunks: AsyncIterable<Uint8Array>,
  { url, maxBytes }: { url: string; maxBytes: number },
): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  };
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  let bytes = 0;
  for await (const chunk of isGzip ? gunzip(rest(), url) : rest()) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new ResourceSyncError('RESOURCESYNC_TOO_LARGE', `${url} holds more than ${maxBytes} bytes.`);
    }
    yield chunk;
  }
}

/** The same for bytes that are held already. */
export async function unpacked(
  bytes: Uint8Array,
  options: { url: string; maxBytes: number },
): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const chunks: Uint8Array[] = [];
  for await (const chunk of inflated(Readable.from([bytes]), options)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  let sourceFailure: unknown;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      sourceFailure = error;
      throw error;
    }
  };
  // Failures come out of the iteration.
  const unpacked = pipeline(watched, createGunzip(), () => undefined);
  try {
    for await (const chunk of unpacked) yield chunk as Uint8Array;
  } catch (cause) {
    if (sourceFailure !== undefined) throw sourceFailure;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ResourceSyncError('RESOURCESYNC_BAD_GZIP', `${url} cannot be unpacked: ${why}.`, { cause });
  }
}
