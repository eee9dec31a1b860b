import * as dagCbor from '@ipld/dag-cbor';
import {
  headFromTuple,
  headToTuple,
  SetDigest,
  type HeadTuple,
  type SignedHead,
} from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';

/**
 * How far this node has a feed: its own, which it writes, or a peer's, which it copies.
 *
 * Values are never changed in place: a batch makes the next state, which takes the old one's place once it is on disk.
 */
export interface FeedState {
  node: NodeId;
  /** The last entry taken in. */
  seq: number;
  /** Entries that stand, tombstones included. */
  live: number;
  /** Records that stand, tombstones not counted. */
  records: number;
  /** Of the blocks of what stands. */
  bytes: number;
  digest: SetDigest;
  /** The newest head that this state was found to agree with, entry for entry. Own feed: of the last change. */
  head?: SignedHead;
}

export function emptyFeedState(node: NodeId): FeedState {
  return { node, seq: 0, live: 0, records: 0, bytes: 0, digest: SetDigest.empty() };
}

/** Whether all of the feed is here, as its origin signed it: only then can others be served from here. */
export function isComplete(state: FeedState): boolean {
  return state.head !== undefined && state.head.seq === state.seq;
}

/** Whether the own feed lies between two heads: it was being recovered. A feed that is copied has no head then. */
export function isBrokenOff(state: FeedState): boolean {
  return state.head !== undefined && state.head.seq !== state.seq;
}

/** The same state, of which it is not known whether it is whole. */
export function withoutHead({ head: _, ...rest }: FeedState): FeedState {
  return rest;
}

type StateTuple = [NodeId, number, number, number, number, Uint8Array, HeadTuple | null];

export function encodeFeedState(state: FeedState): Uint8Array {
  return dagCbor.encode([
    state.node,
    state.seq,
    state.live,
    state.records,
    state.bytes,
    state.digest.state(),
    state.head === undefined ? null : headToTuple(state.head),
  ] satisfies StateTuple);
}

export function decodeFeedState(encoded: Uint8Array): FeedState {
  const [node, seq, live, records, bytes, digest, head] = dagCbor.decode<StateTuple>(encoded);
  const state: FeedState = { node, seq, live, records, bytes, digest: SetDigest.fromState(digest) };
  if (head !== null) state.head = headFromTuple(head);
  return state;
}
