import { hash } from 'node:crypto';
import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from './canonical-cbor.ts';
import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';
import type { Holding } from './record.ts';

const SHA2_256 = 0x12;

/** A holding as it is stored and sent: its deterministic DAG-CBOR bytes and their CID (version 1, base32). */
export interface Block {
  bytes: Uint8Array;
  digest: string;
}

/**
 * The block of a holding. The same content gives the same bytes and digest on every node (IPLD DAG-CBOR: keys in
 * canonical order, shortest integers).
 */
export function encodeHolding(holding: Holding): Block {
  const bytes = encodeCanonical(holding);
  return { bytes, digest: digestOf(bytes) };
}

/** The CID of a block's bytes: CIDv1, codec dag-cbor, sha2-256. */
export function digestOf(bytes: Uint8Array): string {
  const sha256 = hash('sha256', bytes, 'buffer');
  return CID.createV1(dagCbor.code, Digest.create(SHA2_256, sha256)).toString();
}

/** The holding in a block of our own store. Throws where the bytes are not DAG-CBOR. */
export function decodeHolding(bytes: Uint8Array): Holding {
  return dagCbor.decode<Holding>(bytes);
}
