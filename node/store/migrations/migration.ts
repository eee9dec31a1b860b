import type { Database } from '../database.ts';

/** A row of the whole store, by its key with the section's prefix in front. */
export type RowOperation = { type: 'put'; key: string; value: Uint8Array } | { type: 'del'; key: string };

/** A bounded part of the work. */
export interface Piece {
  /** Written in one batch with `cursor`. */
  operations: readonly RowOperation[];
  /** From where the work goes on after an interruption: anything that `pieces` understands. */
  cursor: Uint8Array;
  /** Rows seen so far, for whoever waits. */
  done: number;
}

/**
 * Brings the data of one format to the next.
 *
 * A step is frozen once it was published: it knows the layouts of its two formats by itself, since those of the parts go on
 * changing. It must bear to be begun again from any cursor that it gave.
 */
export interface Migration {
  from: number;
  to: number;
  /** What changes, for the log. */
  about: string;
  /** @param cursor of the last piece that was written; undefined at the beginning */
  pieces: (db: Database, cursor: Uint8Array | undefined) => AsyncIterable<Piece>;
}
