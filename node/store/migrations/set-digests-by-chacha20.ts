import * as dagCbor from '@ipld/dag-cbor';
import { SetDigest } from '../../../protocols/heads/index.ts';
import { sha256 } from '../../../vocab/sha256.ts';
import { rewriteStates, type StoredEntry } from './feed-states.ts';
import type { Migration } from './migration.ts';

type State2 = [
  node: string,
  seq: number,
  live: number,
  records: number,
  bytes: number,
  digest: Uint8Array,
  head: unknown,
];

/**
 * From format 2 to 3: a feed's set digest is stretched by ChaCha20 from the hashes of its entries
 * (docs/decisions/0003), and so heads are signed as `ngr/head/2`.
 *
 * The entries and their signatures are the same: the digests are computed anew from them. The former heads are dropped, as
 * from format 1 to 2.
 */
export const setDigestsByChaCha20: Migration = {
  from: 2,
  to: 3,
  about: 'set digests of feeds, computed anew from the entries',
  pieces: (db, cursor) =>
    rewriteStates<Uint8Array>(db, cursor, {
      nothing: SetDigest.empty().state(),
      add: (_, state, entries) => {
        const digest = SetDigest.fromState(state);
        for (const entry of entries) digest.add(leafOf(entry));
        return digest.state();
      },
      rewrite: (encoded, digest) => {
        const [node, seq, live, records, bytes] = dagCbor.decode<State2>(encoded);
        return dagCbor.encode([node, seq, live, records, bytes, digest, null]);
      },
    }),
};

/** A leaf of the Merkle tree of RFC 9162 §2.1.1 over what is signed of an entry. */
function leafOf([node, seq, record, kind, time, digest]: StoredEntry): Uint8Array {
  const signed = dagCbor.encode(['ngr/entry/1', node, seq, record, kind, time, digest]);
  return sha256(Buffer.concat([Uint8Array.of(0), signed]));
}
