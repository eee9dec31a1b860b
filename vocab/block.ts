import * as dagCbor from '@ipld/dag-cbor';
import { base32 } from './base32.ts';
import { encodeCanonical } from './canonical-cbor.ts';
import type { Holding } from './record.ts';
import { sha256 } from './sha256.ts';

/** Version 1, codec dag-cbor, sha2-256 of 32 bytes (multiformats CID specification). */
const CID_PREFIX = Uint8Array.of(1, 0x71, 0x12, 32);
const CID_BYTES = CID_PREFIX.length + 32;
/** The multibase letter of base32. */
const BASE32 = 'b';

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
  const cid = Buffer.allocUnsafe(CID_BYTES);
  cid.set(CID_PREFIX);
  cid.set(sha256(bytes), CID_PREFIX.length);
  return BASE32 + base32(cid);
}

/** The holding in a block of our own store. Throws where the bytes are not DAG-CBOR. */
export function decodeHolding(bytes: Uint8Array): Holding {
  return dagCbor.decode<Holding>(bytes);
}
