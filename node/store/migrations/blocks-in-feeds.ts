import * as dagCbor from '@ipld/dag-cbor';
import type { Database } from '../database.ts';
import type { StoredEntry } from './feed-states.ts';
import type { Migration, Piece, RowOperation } from './migration.ts';

/*
 * Of the catalogue's section:
 *
 *                                      format 3                    format 4
 *     !catalogue!b!<key>               the record's block          -
 *     !catalogue!f!<node>!<seq>        entry                       [entry, block]
 *     !catalogue!l!<position>          the record's key            <node>!<seq>; of a record that was dropped its key
 *     !catalogue!p!<key>               [node, seq, position, kind] the same
 */
const FEEDS = '!catalogue!f!';
const END = '~';
const ENTRIES = 500;
const BYTES = 4 * 1024 * 1024;
const DIGITS = 12;

type Place = [node: string, seq: number, position: number, kind: string];
type Cursor = [entry: string, done: number];

/**
 * From format 3 to 4: the block of a record lies beside its entry, in the order of the feed, and no longer under the record's
 * key, which is a hash.
 *
 * An entry whose block is not there was passed over wherever it was read, and is left out.
 */
export const blocksInFeeds: Migration = {
  from: 3,
  to: 4,
  about: 'records lie in the order of their feeds',
  pieces: moveBlocks,
};

async function* moveBlocks(db: Database, encodedCursor: Uint8Array | undefined): AsyncGenerator<Piece> {
  let [at, done] = encodedCursor === undefined ? [FEEDS, 0] : dagCbor.decode<Cursor>(encodedCursor);
  for (;;) {
    const rows = await db.iterator({ gt: at, lt: FEEDS + END, limit: ENTRIES }).all();
    if (rows.length === 0) return;
    let operations: RowOperation[] = [];
    let bytes = 0;
    for (const [row, encoded] of rows) {
      const moved = await moving(db, row, encoded);
      operations.push(...moved.operations);
      bytes += moved.bytes;
      [at, done] = [row, done + 1];
      if (bytes < BYTES) continue;
      yield { operations, cursor: dagCbor.encode([at, done] satisfies Cursor), done };
      [operations, bytes] = [[], 0];
    }
    if (operations.length > 0)
      yield { operations, cursor: dagCbor.encode([at, done] satisfies Cursor), done };
  }
}

async function moving(
  db: Database,
  row: string,
  encoded: Uint8Array,
): Promise<{ operations: RowOperation[]; bytes: number }> {
  const entry = dagCbor.decode<StoredEntry>(encoded);
  const [node, seq, record] = entry;
  const key = record.slice(record.lastIndexOf('/') + 1);
  const [block, place] = await db.getMany([`!catalogue!b!${key}`, `!catalogue!p!${key}`]);
  const [placeNode, placeSeq, position] = place === undefined ? [] : dagCbor.decode<Place>(place);
  const isLogged = placeNode === node && placeSeq === seq && position !== undefined;
  const logged = isLogged ? [`!catalogue!l!${position.toString(16).padStart(DIGITS, '0')}`] : [];
  if (block === undefined)
    return { operations: [row, ...logged].map((at) => ({ type: 'del', key: at })), bytes: 0 };
  const operations: RowOperation[] = [
    { type: 'del', key: `!catalogue!b!${key}` },
    { type: 'put', key: row, value: dagCbor.encode([entry, block]) },
  ];
  for (const at of logged)
    operations.push({ type: 'put', key: at, value: Buffer.from(row.slice(FEEDS.length)) });
  return { operations, bytes: block.length };
}
