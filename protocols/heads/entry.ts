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
function entryBytes(entry: Entry): Uint8Array {
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

export const timeSchema = z.number().int().nonnegative().max(MAX_TIME);

export function isSeq(value: unknown): value is number {
  return isWhole(value, MAX_SEQ) && value > 0;
}

export function isTime(value: unknown): value is number {
  return isWhole(value, MAX_TIME);
}

export function isTextUpTo(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most;
}

/** An entry as it lies in the store and goes over the wire: a DAG-CBOR array of seven, in the order of the interface. */
type EntryTuple = readonly [NodeId, number, string, ChangeKind, number, string, Uint8Array];

export function entryToTuple(entry: SignedEntry): EntryTuple {
  return [entry.node, entry.seq, entry.record, entry.kind, entry.time, entry.digest, entry.signature];
}

/** The entry in a tuple from outside. @throws ProtocolError `HEADS_BAD_ENTRY` where it has not the form of one. */
export function entryFromTuple(value: unknown): SignedEntry {
  if (!Array.isArray(value) || value.length !== FIELDS) throw badEntry(`not ${FIELDS} items`);
  const [node, seq, record, kind, time, digest, signature] = value as readonly unknown[];
  if (!isTextUpTo(node, MAX_NODE)) throw badEntry('no node');
  if (!isSeq(seq)) throw badEntry('no place');
  if (!isTextUpTo(record, MAX_RECORD)) throw badEntry('no record');
  if (!isKind(kind)) throw badEntry('not a kind of change');
  if (!isTime(time)) throw badEntry('no time');
  if (!isTextUpTo(digest, MAX_DIGEST)) throw badEntry('no digest');
  if (!(signature instanceof Uint8Array) || signature.length > MAX_SIGNATURE_BYTES)
    throw badEntry('no signature');
  return { node, seq, record, kind, time, digest, signature };
}

function badEntry(problem: string): ProtocolError {
  return new ProtocolError('HEADS_BAD_ENTRY', 'A feed entry has not the form of one.', {
    details: { problem },
  });
}

function isWhole(value: unknown, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
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
  if (!isKind(text)) throw new FormError('not a kind of change');
  return text;
}

function isKind(value: unknown): value is ChangeKind {
  return kinds.some((kind) => kind === value);
}
