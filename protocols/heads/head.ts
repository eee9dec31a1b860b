import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { z } from 'zod';
import type { NodeId } from '../../vocab/record.ts';
import { seqSchema, timeSchema } from './entry.ts';
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
export function headBytes(head: Head): Uint8Array {
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

const tupleSchema = z.tuple([
  z.string().max(60),
  z
    .string()
    .max(500)
    .regex(/^https?:\/\/[^\s?#]+[^\s?#/]$/, 'not a base URL'),
  z.string().max(200),
  z.array(z.string().regex(NETWORK_NAME, 'not the name of a network')).min(1).max(MAX_NETWORKS),
  seqSchema.or(z.literal(0)),
  seqSchema.or(z.literal(0)),
  z.string().regex(/^[0-9a-f]{64}$/, 'not a set digest'),
  timeSchema,
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 64, 'not 64 bytes'),
]);

/** A head as it lies in the store and goes over the wire: a DAG-CBOR array of nine, in the order of the interface. */
export type HeadTuple = z.infer<typeof tupleSchema>;

export function headToTuple(head: SignedHead): HeadTuple {
  const { node, base, name, networks, seq, live, setDigest, time, signature } = head;
  return [node, base, name, [...networks], seq, live, setDigest, time, signature];
}

/** The head in a tuple from outside. @throws ProtocolError `HEADS_BAD_HEAD` where it has not the form of one. */
export function headFromTuple(value: unknown): SignedHead {
  const result = tupleSchema.safeParse(value);
  if (!result.success) {
    throw new ProtocolError('HEADS_BAD_HEAD', 'A feed head has not the form of one.', {
      details: { problem: result.error.issues[0]?.message },
    });
  }
  const [node, base, name, networks, seq, live, setDigest, time, signature] = result.data;
  return { node, base, name, networks, seq, live, setDigest, time, signature };
}
