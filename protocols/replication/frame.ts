import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { hasMoreItems } from '../../vocab/cbor-size.ts';
import { ReplicationError } from './errors.ts';

const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/** A frame on the wire, at the most: what a stream has to buffer for one message. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** What a frame may unfold to: a page of the largest records, and no zip bomb. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** Twice what the largest message has, 1,000 heads of nine fields. */
const MAX_ITEMS = 100_000;
const COMPRESS_FROM_BYTES = 512;

const PLAIN = 0;
const DEFLATED = 1;

/**
 * A message as one frame: a byte that tells how it is packed (0 plain, 1 raw DEFLATE, RFC 1951), then the message in
 * DAG-CBOR. The stream puts the frame's length before it (unsigned varint, as libp2p protocols do).
 */
export async function encodeFrame(message: unknown): Promise<Uint8Array> {
  const bytes = encodeCanonical(message);
  if (bytes.length < COMPRESS_FROM_BYTES) return Buffer.concat([Uint8Array.of(PLAIN), bytes]);
  return Buffer.concat([Uint8Array.of(DEFLATED), await deflate(bytes, { level: 1 })]);
}

/** @throws ReplicationError `REPLICATION_BAD_FRAME` for a frame that is too large, of too many items, not packed right or not DAG-CBOR */
export async function decodeFrame(frame: Uint8Array): Promise<unknown> {
  if (frame.length > MAX_FRAME_BYTES) throw badFrame(`has ${frame.length} bytes`);
  try {
    switch (frame[0]) {
      case PLAIN:
        return decodeMessage(frame.subarray(1));
      case DEFLATED:
        return decodeMessage(await inflate(frame.subarray(1), { maxOutputLength: MAX_MESSAGE_BYTES }));
      default:
        throw badFrame('is packed in an unknown way');
    }
  } catch (cause) {
    throw cause instanceof ReplicationError ? cause : badFrame((cause as Error).message);
  }
}

function decodeMessage(bytes: Uint8Array): unknown {
  if (hasMoreItems(bytes, MAX_ITEMS)) throw badFrame(`has more than ${MAX_ITEMS} items`);
  return dagCbor.decode(bytes);
}

function badFrame(why: string): ReplicationError {
  return new ReplicationError('REPLICATION_BAD_FRAME', `A frame is refused: ${why}.`);
}
