import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { NodeId } from '../../vocab/record.ts';
import { isSeq, isTextUpTo, isTime } from './entry.ts';
import { ProtocolError } from './errors.ts';
import type { SignatureVerifier, Signer } from './signature.ts';

/** The state of a feed at one moment, as its one writer says it. Who has the same digest has the same entries. */
export interface Head {
  node: NodeId;
  /** The node's base URL, without a slash at its end: every record of the feed lies under it. */
  base: string;
  /** The institution's name, for people. */
  name: string;
  /** The networks that the node says it is part of: at least one. */
  networks: readonly string[];
  /** The last place in the feed; 0 where it is empty. */
  seq: number;
  /** How many entries stand, tombstones included: one a record. */
  live: number;
  /** Set digest of the standing entries (`SetDigest.digest`), hex. */
  setDigest: string;
  /** Milliseconds since 1970, by the origin's clock. */
  time: number;
}

export interface SignedHead extends Head {
  /** Ed25519 over `headBytes`. */
  signature: Uint8Array;
}

const DOMAIN = 'ngr/head/2';

/** What is signed: DAG-CBOR of the fields in order, behind the domain `ngr/head/2`. */
function headBytes(head: Head): Uint8Array {
  return encodeCanonical([
    DOMAIN,
    head.node,
    head.base,
    head.name,
    head.networks,
    head.seq,
    head.live,
    head.setDigest,
    head.time,
  ]);
}

export function signHead(head: Head, signer: Signer): SignedHead {
  return { ...head, signature: signer.sign(headBytes(head)) };
}

export function verifyHead(head: SignedHead, verifier: SignatureVerifier): Promise<boolean> {
  return verifier.verify(head.node, headBytes(head), head.signature);
}

/** A network's name: letters, digits, dots, hyphens and underscores, 63 at most, as it stands in the topics of gossip. */
export const NETWORK_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
/** A node may be part of so many networks. */
export const MAX_NETWORKS = 16;

const FIELDS = 9;
const MAX_NODE = 60;
const MAX_BASE = 500;
const MAX_NAME = 200;
const BASE = /^https?:\/\/[^\s?#]+[^\s?#/]$/;
const SET_DIGEST = /^[0-9a-f]{64}$/;
const SIGNATURE_BYTES = 64;

/** A head as it lies in the store and goes over the wire: a DAG-CBOR array of nine, in the order of the interface. */
export type HeadTuple = readonly [
  NodeId,
  string,
  string,
  readonly string[],
  number,
  number,
  string,
  number,
  Uint8Array,
];

export function headToTuple(head: SignedHead): HeadTuple {
  const { node, base, name, networks, seq, live, setDigest, time, signature } = head;
  return [node, base, name, networks, seq, live, setDigest, time, signature];
}

/**
 * The head in a tuple from outside. Each of a busy network's comes by here, so the form is checked field by field.
 * @throws ProtocolError `HEADS_BAD_HEAD` where it has not the form of one.
 */
export function headFromTuple(value: unknown): SignedHead {
  if (!Array.isArray(value) || value.length !== FIELDS) throw badHead(`not ${FIELDS} items`);
  const [node, base, name, networks, seq, live, setDigest, time, signature] = value as readonly unknown[];
  if (!isTextUpTo(node, MAX_NODE)) throw badHead('no node');
  if (!isTextUpTo(base, MAX_BASE) || !BASE.test(base)) throw badHead('not a base URL');
  if (!isTextUpTo(name, MAX_NAME)) throw badHead('no name');
  if (!areNetworks(networks)) throw badHead('not the names of networks');
  if (!isCount(seq) || !isCount(live)) throw badHead('no place, or no number of entries');
  if (typeof setDigest !== 'string' || !SET_DIGEST.test(setDigest)) throw badHead('not a set digest');
  if (!isTime(time)) throw badHead('no time');
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES)
    throw badHead(`not ${SIGNATURE_BYTES} bytes`);
  return { node, base, name, networks, seq, live, setDigest, time, signature };
}

/** Of a place or a number of entries: 0 where the feed is empty. */
function isCount(value: unknown): value is number {
  return value === 0 || isSeq(value);
}

function areNetworks(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_NETWORKS) return false;
  return value.every((name) => typeof name === 'string' && NETWORK_NAME.test(name));
}

function badHead(problem: string): ProtocolError {
  return new ProtocolError('HEADS_BAD_HEAD', 'A feed head has not the form of one.', {
    details: { problem },
  });
}
