import { z } from 'zod';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { FormError, type CborReader } from '../../vocab/cbor-reader.ts';
import type { NodeId } from '../../vocab/record.ts';
import { MAX_SIGNATURE_BYTES } from './entry-signature.ts';
import { ProtocolError } from './errors.ts';
import { leafHash } from './merkle.ts';

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

/** What is signed: DAG-CBOR of the fields in order, behind the domain `ngr/entry/1`. */
export function entryBytes(entry: Entry): Uint8Array {
  return encodeCanonical([DOMAIN, entry.node, entry.seq, entry.record, entry.kind, entry.time, entry.digest]);
}

/** The entry as a leaf of the Merkle tree that is signed, and as a member of the set digest: sha-256 of `entryBytes` (RFC 9162 §2.1.1). */
export function leafOf(entry: Entry): Uint8Array {
  return leafHash(entryBytes(entry));
}

/** Up to 2^48: places are kept in order as 12 hex digits. */
const MAX_SEQ = 2 ** 48 - 1;
const MAX_TIME = 8.64e15;
const MAX_NODE = 60;
const MAX_RECORD = 2_000;
const MAX_DIGEST = 100;
const kinds = ['created', 'updated', 'withdrawn', 'deleted'] as const;

export const seqSchema = z.number().int().positive().max(MAX_SEQ);
export const timeSchema = z.number().int().nonnegative().max(MAX_TIME);

const tupleSchema = z.tuple([
  z.string().max(MAX_NODE),
  seqSchema,
  z.string().max(MAX_RECORD),
  z.enum(kinds),
  timeSchema,
  z.string().max(MAX_DIGEST),
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
  const [node, seq, record, kind, time, digest, signature] = result.data;
  return { node, seq, record, kind, time, digest, signature };
}

export function encodeEntry(entry: SignedEntry): Uint8Array {
  return encodeCanonical(entryToTuple(entry));
}

/** The entry that comes next in bytes of our own. @throws FormError as `readEntry` */
export function readOwnEntry(reader: CborReader): SignedEntry {
  return readFields(reader).entry;
}

/** An entry that was read where it lies: nothing of it has to be written again to be checked. */
export interface HashedEntry {
  entry: SignedEntry;
  /** Hash of what is signed, which the set digest counts, too: see `leafOf`. */
  leaf: Uint8Array;
}

/** The entry that comes next. @throws FormError where it has not the form of one, as its tuple in canonical DAG-CBOR */
export function readEntry(reader: CborReader): HashedEntry {
  const { entry, said } = readFields(reader);
  const signed = new Uint8Array(SIGNED_START.length + said.length);
  signed.set(SIGNED_START);
  signed.set(said, SIGNED_START.length);
  return { entry, leaf: leafHash(signed) };
}

/** Of the tuple, as of what is signed: there the domain is the first, here the signature the last. */
const FIELDS = 7;
/** How what is signed begins; the fields follow as they are in the tuple. */
const SIGNED_START = Buffer.concat([Uint8Array.of(0x80 | FIELDS), encodeCanonical(DOMAIN)]);

function readFields(reader: CborReader): { entry: SignedEntry; said: Uint8Array } {
  if (reader.array() !== FIELDS) throw new FormError(`not ${FIELDS} items`);
  const start = reader.at;
  const node = reader.text(MAX_NODE);
  const seq = reader.integer();
  const record = reader.text(MAX_RECORD);
  const kind = kindOf(reader.text());
  const time = reader.integer();
  const digest = reader.text(MAX_DIGEST);
  const said = reader.since(start);
  const signature = reader.bytes();
  const isInBounds = seq > 0 && seq <= MAX_SEQ && time >= 0 && time <= MAX_TIME;
  if (!isInBounds || signature.length > MAX_SIGNATURE_BYTES) throw new FormError('out of bounds');
  return { entry: { node, seq, record, kind, time, digest, signature }, said };
}

function kindOf(text: string): ChangeKind {
  const kind = kinds.find((known) => known === text);
  if (kind === undefined) throw new FormError('not a kind of change');
  return kind;
}
