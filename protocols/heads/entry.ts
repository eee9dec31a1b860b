import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { z } from 'zod';
import type { NodeId } from '../../vocab/record.ts';
import { MAX_SIGNATURE_BYTES } from './entry-signature.ts';
import { ProtocolError } from './errors.ts';

export type ChangeKind = 'created' | 'updated' | 'withdrawn' | 'deleted';

/** One change in a node's feed: what the origin says of one record, at one place of its own order. */
export interface Entry {
  node: NodeId;
  /** Place in the origin's feed: 1 is the first, each change takes the next. */
  seq: number;
  /** The record's IRI. */
  record: string;
  kind: ChangeKind;
  /** Milliseconds since 1970, by the origin's clock. */
  time: number;
  /** CID of the holding's block, after the change. */
  digest: string;
}

export interface SignedEntry extends Entry {
  /** The origin's signature on the entry, with which anyone can check it by itself: see `entry-signature.ts`. */
  signature: Uint8Array;
}

const DOMAIN = 'ngr/entry/1';

/** What is signed, and what the set digest counts: DAG-CBOR of the fields in order, behind the domain `ngr/entry/1`. */
export function entryBytes(entry: Entry): Uint8Array {
  return encodeCanonical([DOMAIN, entry.node, entry.seq, entry.record, entry.kind, entry.time, entry.digest]);
}

/** Up to 2^48: places are kept in order as 12 hex digits. */
export const seqSchema = z
  .number()
  .int()
  .positive()
  .max(2 ** 48 - 1);
export const timeSchema = z.number().int().nonnegative().max(8.64e15);

const tupleSchema = z.tuple([
  z.string().max(60),
  seqSchema,
  z.string().max(2_000),
  z.enum(['created', 'updated', 'withdrawn', 'deleted']),
  timeSchema,
  z.string().max(100),
  z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length <= MAX_SIGNATURE_BYTES,
    'no signature',
  ),
]);

/** An entry as it lies in the store and goes over the wire: a DAG-CBOR array of seven, in the order of the interface. */
export type EntryTuple = z.infer<typeof tupleSchema>;

export function entryToTuple(entry: SignedEntry): EntryTuple {
  return [entry.node, entry.seq, entry.record, entry.kind, entry.time, entry.digest, entry.signature];
}

/** The entry in a tuple from outside. @throws ProtocolError `HEADS_BAD_ENTRY` where it has not the form of one. */
export function entryFromTuple(value: unknown): SignedEntry {
  const result = tupleSchema.safeParse(value);
  if (!result.success) {
    throw new ProtocolError('HEADS_BAD_ENTRY', 'A feed entry has not the form of one.', {
      details: { problem: result.error.issues[0]?.message },
    });
  }
  return fromCheckedTuple(result.data);
}

export function encodeEntry(entry: SignedEntry): Uint8Array {
  return encodeCanonical(entryToTuple(entry));
}

/** The entry in bytes of our own store. */
export function decodeEntry(bytes: Uint8Array): SignedEntry {
  return fromCheckedTuple(dagCbor.decode<EntryTuple>(bytes));
}

function fromCheckedTuple([node, seq, record, kind, time, digest, signature]: EntryTuple): SignedEntry {
  return { node, seq, record, kind, time, digest, signature };
}
