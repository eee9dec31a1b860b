import * as dagCbor from '@ipld/dag-cbor';
import type { Database } from '../database.ts';
import { rewriteStates, type StoredEntry } from './feed-states.ts';
import type { Migration } from './migration.ts';

type State1 = [node: string, seq: number, live: number, records: number, digest: Uint8Array, head: unknown];

/**
 * From format 1 to 2: the state of a feed tells how many bytes its blocks have, and heads name their networks.
 *
 * What was signed without them is no head any more. The node signs its own anew when it starts; those of the feeds that
 * it follows come by the next exchange, and say of the copies that they are whole.
 */
export const feedsHaveSizes: Migration = {
  from: 1,
  to: 2,
  about: 'sizes of feeds, heads that name their networks',
  pieces: (db, cursor) =>
    rewriteStates<number>(db, cursor, {
      nothing: 0,
      add: async (store, bytes, entries) => bytes + (await sizeOfBlocks(store, entries)),
      rewrite: (encoded, bytes) => {
        const [node, seq, live, records, digest] = dagCbor.decode<State1>(encoded);
        return dagCbor.encode([node, seq, live, records, bytes, digest, null]);
      },
    }),
};

async function sizeOfBlocks(db: Database, entries: readonly StoredEntry[]): Promise<number> {
  let bytes = 0;
  // One after another: a thousand blocks at once could be large.
  for (const [, , record] of entries) {
    const key = record.slice(record.lastIndexOf('/') + 1);
    bytes += (await db.get(`!catalogue!b!${key}`))?.length ?? 0;
  }
  return bytes;
}
