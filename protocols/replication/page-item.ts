import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { CborReader, FormError } from '../../vocab/cbor-reader.ts';
import { entryToTuple, readEntry, readOwnEntry, type HashedEntry, type SignedEntry } from '../heads/index.ts';

/*
 * An entry with its block: `[Entry, block]` in canonical DAG-CBOR. So it goes over the wire as a part of a page, and so it
 * lies in the store of whoever keeps the feed: what is passed on is not written anew.
 */
const ITEMS = 2;

/** One of a page, read where it lies. */
export interface PageItem extends HashedEntry {
  /** The bytes that the entry's digest is of; a view. */
  block: Uint8Array;
  /** The item itself; a view. */
  encoded: Uint8Array;
}

export function encodePageItem({ entry, block }: { entry: SignedEntry; block: Uint8Array }): Uint8Array {
  return encodeCanonical([entryToTuple(entry), block]);
}

/** The item that comes next. @throws FormError where it has not the form of one */
export function readPageItem(reader: CborReader): PageItem {
  const start = reader.at;
  begin(reader);
  const { entry, leaf } = readEntry(reader);
  const block = reader.bytes();
  return { entry, leaf, block, encoded: reader.since(start) };
}

/** An item of our own store; the block is a view of it. @throws FormError where it is none */
export function decodePageItem(encoded: Uint8Array): { entry: SignedEntry; block: Uint8Array } {
  const reader = new CborReader(encoded);
  begin(reader);
  const entry = readOwnEntry(reader);
  return { entry, block: reader.bytes() };
}

function begin(reader: CborReader): void {
  if (reader.array() !== ITEMS) throw new FormError('not an entry and its block');
}
