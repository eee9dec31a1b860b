import * as dagCbor from '@ipld/dag-cbor';
import type { Database } from '../database.ts';
import type { Piece } from './migration.ts';

/*
 * Of the catalogue's section, as formats 1 to 3 have it:
 *
 *     !catalogue!s!<node>          state of a feed
 *     !catalogue!f!<node>!<seq>    an entry of it (DAG-CBOR); seq is 12 hex digits
 */
const STATES = '!catalogue!s!';
const END = '~';
const BATCH = 1_000;

const entriesBehind = (node: string, seq: number): { gt: string; lt: string } => ({
  gt: `!catalogue!f!${node}!${seq.toString(16).padStart(12, '0')}`,
  lt: `!catalogue!f!${node}!${END}`,
});

/** An entry of a feed, as formats 1 to 3 store it. */
export type StoredEntry = [
  node: string,
  seq: number,
  record: string,
  kind: string,
  time: number,
  digest: string,
  signature: Uint8Array,
];

/** How the states of all feeds are made anew, from what their entries come to. `Sum` is anything that DAG-CBOR can write. */
export interface StateRewriting<Sum> {
  nothing: Sum;
  add: (db: Database, sum: Sum, entries: readonly StoredEntry[]) => Promise<Sum> | Sum;
  /** @param state as it is stored */
  rewrite: (state: Uint8Array, sum: Sum) => Uint8Array;
}

type Cursor<Sum> = [node: string, seq: number, sum: Sum, isRewritten: boolean, done: number];

/** Goes through the entries of each feed, some at a time, and then writes the feed's state anew. */
export async function* rewriteStates<Sum>(
  db: Database,
  encodedCursor: Uint8Array | undefined,
  { nothing, add, rewrite }: StateRewriting<Sum>,
): AsyncGenerator<Piece> {
  const cursor = encodedCursor === undefined ? undefined : dagCbor.decode<Cursor<Sum>>(encodedCursor);
  let done = cursor?.[4] ?? 0;
  const range = { gte: STATES + (cursor?.[0] ?? ''), lt: STATES + END };
  for (const key of await db.keys(range).all()) {
    const node = key.slice(STATES.length);
    const isBegun = cursor?.[0] === node;
    if (isBegun && cursor[3]) continue;
    let [seq, sum] = isBegun ? [cursor[1], cursor[2]] : [0, nothing];
    for (;;) {
      const values = await db.values({ ...entriesBehind(node, seq), limit: BATCH }).all();
      const entries = values.map((value) => dagCbor.decode<StoredEntry>(value));
      const last = entries.at(-1);
      if (last === undefined) break;
      sum = await add(db, sum, entries);
      seq = last[1];
      done += entries.length;
      yield { operations: [], cursor: encode([node, seq, sum, false, done]), done };
    }
    const state = await db.get(key);
    if (state === undefined) continue;
    yield {
      operations: [{ type: 'put', key, value: rewrite(state, sum) }],
      cursor: encode([node, seq, sum, true, done]),
      done,
    };
  }
}

function encode<Sum>(cursor: Cursor<Sum>): Uint8Array {
  return dagCbor.encode(cursor);
}
