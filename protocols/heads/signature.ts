import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { LRUCache } from 'lru-cache';
import { base58btc } from 'multiformats/bases/base58';
import type { NodeId } from '../../vocab/record.ts';

const verifyAsync = promisify<null, Uint8Array, KeyObject, Uint8Array, boolean>(verify);

/** A node's own key, as the feed needs it. */
export interface Signer {
  readonly node: NodeId;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Identity multihash (0x00, 36 bytes) of the protobuf `PublicKey { Type: Ed25519, Data: 32 bytes }` (libp2p peer-ids spec). */
const PEER_ID_PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20);
/** DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
const KEYS_KEPT = 2_000;
/** Checks that are made at once in one turn of the event loop: of a tenth of a millisecond each. */
const AT_ONCE = 16;

/** The peer id of an Ed25519 public key (32 raw bytes). */
export function nodeIdOfPublicKey(raw: Uint8Array): NodeId {
  return base58btc.baseEncode(Buffer.concat([PEER_ID_PREFIX, raw]));
}

/** The raw public key in a peer id, or undefined where the id is not one of an Ed25519 key. */
export function publicKeyOfNodeId(node: NodeId): Uint8Array | undefined {
  if (node.length > 60) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = base58btc.baseDecode(node);
  } catch {
    return undefined;
  }
  if (bytes.length !== PEER_ID_PREFIX.length + KEY_BYTES) return undefined;
  if (!PEER_ID_PREFIX.every((byte, i) => bytes[i] === byte)) return undefined;
  return bytes.subarray(PEER_ID_PREFIX.length);
}

/** Signs at once: 35 µs for a whole batch are less than the way to another thread and back costs. */
export function signBytes(bytes: Uint8Array, key: KeyObject): Uint8Array {
  return sign(null, bytes, key);
}

/**
 * Checks Ed25519 signatures (RFC 8032) of nodes by their id alone: a few at once, since the way to another thread and back
 * costs more than a check; those of a crowd off the main thread.
 * Decoded keys are kept, those longest unused dropped first, since a feed brings thousands of entries of one key.
 */
export class SignatureVerifier {
  readonly #keys = new LRUCache<NodeId, KeyObject>({ max: KEYS_KEPT });
  #thisTurn = 0;

  async verify(node: NodeId, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const key = this.#keyOf(node);
    if (key === undefined || signature.length !== 64) return false;
    if (this.#thisTurn === AT_ONCE) return await verifyAsync(null, bytes, key, signature);
    if (this.#thisTurn === 0)
      setImmediate(() => {
        this.#thisTurn = 0;
      });
    this.#thisTurn += 1;
    return verify(null, bytes, key, signature);
  }

  #keyOf(node: NodeId): KeyObject | undefined {
    const known = this.#keys.get(node);
    if (known !== undefined) return known;
    const raw = publicKeyOfNodeId(node);
    if (raw === undefined) return undefined;
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
    this.#keys.set(node, key);
    return key;
  }
}
