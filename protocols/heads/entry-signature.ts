import { LRUCache } from 'lru-cache';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { NodeId } from '../../vocab/record.ts';
import { merkleTree, ProvedTree, rootOf } from './merkle.ts';
import type { SignatureVerifier, Signer } from './signature.ts';

/*
 * Entries are signed together when they are written together: Ed25519 over the root of the Merkle tree of the batch, and
 * each entry carries the root's signature and its own path to the root. So an entry can be checked by itself, whoever
 * brings it and whatever became of the others; and the cost of a signature, by far the dearest step of a harvest and of a
 * replication, falls on a batch and not on each entry.
 *
 *     0       64       68      72
 *     | Ed25519 | index | size  | path: 32 bytes a step, from the leaf up          index, size: big-endian
 *
 * The Ed25519 signature is over DAG-CBOR of ['ngr/entries/1', node, size, root].
 */
const ED25519_BYTES = 64;
const PATH_START = ED25519_BYTES + 8;
const HASH_BYTES = 32;
const MAX_STEPS = 20;
export const MAX_SIGNATURE_BYTES = PATH_START + MAX_STEPS * HASH_BYTES;
/** Batches that were found right, kept so that the next entry of the batch costs no signature and few hashes. */
const BATCHES_KEPT = 16;

const DOMAIN = 'ngr/entries/1';

/**
 * Signs the entries of one batch: a signature for each, in their order.
 *
 * @param leaves of the entries, as `leafOf` makes them
 */
export function signEntries(leaves: readonly Uint8Array[], signer: Signer): Uint8Array[] {
  if (leaves.length === 0) return [];
  const { root, paths } = merkleTree(leaves);
  const ed25519 = signer.sign(rootBytes(signer.node, leaves.length, root));
  return paths.map((path, index) => {
    const place = Buffer.alloc(8);
    place.writeUInt32BE(index, 0);
    place.writeUInt32BE(leaves.length, 4);
    return Buffer.concat([ed25519, place, ...path]);
  });
}

/** Checks signatures of entries by the node's id alone. */
export class EntryVerifier {
  readonly #verifier: SignatureVerifier;
  /** By node, size and Ed25519 signature: a root is only there once its signature was found right. */
  readonly #batches = new LRUCache<string, ProvedTree>({ max: BATCHES_KEPT });

  constructor(verifier: SignatureVerifier) {
    this.#verifier = verifier;
  }

  /** @param leaf of the entry, as `leafOf` makes it */
  async verify(node: NodeId, leaf: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const steps = (signature.length - PATH_START) / HASH_BYTES;
    if (!Number.isInteger(steps) || steps < 0 || steps > MAX_STEPS) return false;
    const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength);
    const [index, size] = [view.getUint32(ED25519_BYTES), view.getUint32(ED25519_BYTES + 4)];
    const path = Array.from(
      { length: steps },
      (_, i) =>
        new Uint8Array(signature.buffer, signature.byteOffset + PATH_START + i * HASH_BYTES, HASH_BYTES),
    );
    const ed25519 = signature.subarray(0, ED25519_BYTES);
    const name = `${node} ${size} ${base64(ed25519)}`;
    const batch = this.#batches.get(name);
    if (batch !== undefined) return batch.proves(leaf, index, path);

    const root = rootOf(leaf, index, size, path);
    if (root === undefined) return false;
    if (!(await this.#verifier.verify(node, rootBytes(node, size, root), ed25519))) return false;
    const proved = new ProvedTree(root, size);
    this.#batches.set(name, proved);
    return proved.proves(leaf, index, path);
  }
}

function rootBytes(node: NodeId, size: number, root: Uint8Array): Uint8Array {
  return encodeCanonical([DOMAIN, node, size, root]);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
