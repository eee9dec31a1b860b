import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { NodeId } from '../../vocab/record.ts';
import { EntryVerifier } from './entry-signature.ts';
import { entryFromTuple, entryToTuple, leafOf, type SignedEntry } from './entry.ts';
import { headFromTuple, headToTuple, verifyHead, type SignedHead } from './head.ts';
import type { SignatureVerifier } from './signature.ts';

/**
 * Two things that one key signed for one place of its feed, of which only one can be: the proof that the node has told two
 * histories. Anyone can check it by itself, so it is nobody's word against another's.
 */
export type Fork =
  | { kind: 'heads'; a: SignedHead; b: SignedHead }
  | { kind: 'entries'; a: SignedEntry; b: SignedEntry };

/** The fork that two heads show, or undefined where both can be of one history. Their signatures are not checked. */
export function forkOfHeads(a: SignedHead, b: SignedHead): Fork | undefined {
  const isOnePlace = a.node === b.node && a.seq === b.seq;
  const isOneState = a.setDigest === b.setDigest && a.live === b.live;
  return isOnePlace && !isOneState ? { kind: 'heads', a, b } : undefined;
}

/** The fork that two entries show, or undefined where both can be of one history. Their signatures are not checked. */
export function forkOfEntries(a: SignedEntry, b: SignedEntry): Fork | undefined {
  const isOnePlace = a.node === b.node && a.seq === b.seq;
  return isOnePlace && !Buffer.from(leafOf(a)).equals(leafOf(b)) ? { kind: 'entries', a, b } : undefined;
}

export function nodeOfFork({ a }: Fork): NodeId {
  return a.node;
}

/** Whether what the fork says is so: the two contradict each other, and the node signed both. */
export async function verifyFork(fork: Fork, verifier: SignatureVerifier): Promise<boolean> {
  if (fork.kind === 'heads') {
    const isOne = forkOfHeads(fork.a, fork.b) !== undefined;
    return isOne && (await verifyHead(fork.a, verifier)) && (await verifyHead(fork.b, verifier));
  }
  const entries = new EntryVerifier(verifier);
  const isSigned = (entry: SignedEntry): Promise<boolean> =>
    entries.verify(entry.node, leafOf(entry), entry.signature);
  const isOne = forkOfEntries(fork.a, fork.b) !== undefined;
  return isOne && (await isSigned(fork.a)) && (await isSigned(fork.b));
}

/** A fork as DAG-CBOR: its kind and the two tuples. */
export function encodeFork(fork: Fork): Uint8Array {
  const [a, b] =
    fork.kind === 'heads'
      ? [headToTuple(fork.a), headToTuple(fork.b)]
      : [entryToTuple(fork.a), entryToTuple(fork.b)];
  return encodeCanonical([fork.kind, a, b]);
}

/** @throws ProtocolError where the bytes are of a fork of another form */
export function decodeFork(bytes: Uint8Array): Fork {
  const [kind, a, b] = dagCbor.decode<[Fork['kind'], unknown, unknown]>(bytes);
  return kind === 'heads'
    ? { kind, a: headFromTuple(a), b: headFromTuple(b) }
    : { kind, a: entryFromTuple(a), b: entryFromTuple(b) };
}
