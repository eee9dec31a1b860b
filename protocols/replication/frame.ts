import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, type BrotliOptions } from 'node:zlib';
import * as dagCbor from '@ipld/dag-cbor';
import { withCanonical } from '../../vocab/canonical-cbor.ts';
import { hasMoreItems } from '../../vocab/cbor-size.ts';
import { ReplicationError } from './errors.ts';

const compress = promisify<Uint8Array, BrotliOptions, Buffer>(brotliCompress);
const decompress = promisify<Uint8Array, BrotliOptions, Buffer>(brotliDecompress);

/** A frame on the wire, at the most: what a stream has to buffer for one message. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** What a frame may unfold to: a page of the largest records, and no zip bomb. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** Twice what the largest message has, 1,000 heads of nine fields. */
const MAX_ITEMS = 100_000;
const COMPRESS_FROM_BYTES = 512;
/** Of a page of records it takes four fifths away, in half the time of DEFLATE at its fastest; more effort brings little. */
const QUALITY = 1;
/** As far back as a page reaches. */
const WINDOW_BITS = 20;
/** Unpacked, pages are some five times as long: so they come in few pieces. */
const USUAL_GROWTH = 6;
/** Few are less than three times as long: so what they are packed into is one piece. */
const LEAST_GROWTH = 3;
const SMALLEST_CHUNK = 16 * 1024;
const LARGEST_CHUNK = 2 * 1024 * 1024;

const PLAIN = 0;
const BROTLI = 1;

/**
 * A message as one frame: a byte that tells how it is packed (0 plain, 1 Brotli, RFC 7932), then the message in
 * DAG-CBOR. The stream puts the frame's length before it (unsigned varint, as libp2p protocols do).
 */
export async function encodeFrame(message: unknown): Promise<Uint8Array> {
  return await withCanonical(message, pack);
}

async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length < COMPRESS_FROM_BYTES) return Buffer.concat([Uint8Array.of(PLAIN), bytes]);
  const packed = await compress(bytes, {
    chunkSize: chunkOf(bytes.length / LEAST_GROWTH),
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return Buffer.concat([Uint8Array.of(BROTLI), packed]);
}

/** @throws ReplicationError `REPLICATION_BAD_FRAME` for a frame that is too large, of too many items, not packed right or not DAG-CBOR */
export async function decodeFrame(frame: Uint8Array): Promise<unknown> {
  return decodeMessage(await unpackFrame(frame));
}

/** The message in a frame, still in DAG-CBOR. @throws ReplicationError `REPLICATION_BAD_FRAME` for a frame that is too large or not packed right */
export async function unpackFrame(frame: Uint8Array): Promise<Uint8Array> {
  if (frame.length > MAX_FRAME_BYTES) throw badFrame(`has ${frame.length} bytes`);
  const packed = frame.subarray(1);
  switch (frame[0]) {
    case PLAIN:
      return packed;
    case BROTLI:
      try {
        const chunkSize = chunkOf(packed.length * USUAL_GROWTH);
        return await decompress(packed, { maxOutputLength: MAX_MESSAGE_BYTES, chunkSize });
      } catch (cause) {
        throw badFrame((cause as Error).message);
      }
    default:
      throw badFrame('is packed in an unknown way');
  }
}

/** @throws ReplicationError `REPLICATION_BAD_FRAME` for a message of too many items or not DAG-CBOR */
export function decodeMessage(bytes: Uint8Array): unknown {
  if (hasMoreItems(bytes, MAX_ITEMS)) throw badFrame(`has more than ${MAX_ITEMS} items`);
  try {
    return dagCbor.decode(bytes);
  } catch (cause) {
    throw badFrame((cause as Error).message);
  }
}

function chunkOf(expected: number): number {
  return Math.min(Math.max(Math.ceil(expected), SMALLEST_CHUNK), LARGEST_CHUNK);
}

export function badFrame(why: string): ReplicationError {
  return new ReplicationError('REPLICATION_BAD_FRAME', `A frame is refused: ${why}.`);
}
