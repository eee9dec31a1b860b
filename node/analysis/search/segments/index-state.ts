import * as dagCbor from '@ipld/dag-cbor';
import type { Operation } from '../../../store/index.ts';
import { STATE_KEY } from '../layout.ts';

/** A part of the index that is written once and then only read, until it is merged into another. */
export interface Segment {
  id: number;
  /** The range of document numbers: `from` is in it, `to` is not. */
  from: number;
  to: number;
  postings: number;
  /** Live documents in the range when it was written. */
  documents: number;
}

/** What holds the index together. A state does not change; the next one shares with it what stays. */
export interface IndexState {
  /** The number that the next document gets. */
  nextDocument: number;
  nextSegment: number;
  /** By ascending document numbers. */
  segments: readonly Segment[];
  /** Ids of segments that are being written; garbage if the process dies before they are whole. */
  unfinished: readonly number[];
  /** Ids of segments that are in use no longer and are to be cleared. */
  garbage: readonly number[];
  /** The generation in which deaths are counted now. */
  generation: number;
  /** The last generation whose postings are in segments. */
  writtenGeneration: number;
}

export const emptyState: IndexState = {
  nextDocument: 0,
  nextSegment: 1,
  segments: [],
  unfinished: [],
  garbage: [],
  generation: 1,
  writtenGeneration: 0,
};

/** Documents from this number on have their postings in memory. */
export function writtenTo({ segments }: IndexState): number {
  return segments.at(-1)?.to ?? 0;
}

export function stateOperation(state: IndexState): Operation {
  return { type: 'put', key: STATE_KEY, value: dagCbor.encode(state) };
}

export function decodeState(bytes: Uint8Array): IndexState {
  return dagCbor.decode<IndexState>(bytes);
}
