/**
 * The keys of the section 'resource-sync', the node's own records as ResourceSync tells of them. `<place>` and `<after>`
 * are positions of the catalogue's log, `<day>` is days since 1970; all are 12 hex digits.
 *
 *     r!<place>         the latest change of a record (`Row`, DAG-CBOR)
 *     o!<place>         an earlier one, until its day is no longer kept
 *     c!<place>         the record's JSON-LD as of its latest change, deflated
 *     k!<key>           place of the record's latest change (a number, DAG-CBOR)
 *     b!<day>!<after>   what is known of the rows behind `<after>`, of one day (`Block`, DAG-CBOR)
 */
import * as dagCbor from '@ipld/dag-cbor';
import { numberKey, numberOfKey } from '../../store/index.ts';

/** After every key that starts with the prefix. */
const END = '~';
export const DAY_MS = 86_400_000;

const CHANGES = ['created', 'updated', 'deleted'] as const;
export type RowChange = (typeof CHANGES)[number];

/** The JSON-LD of a record: what its address answers. */
export interface Content {
  /** Bytes, and deflated ones. */
  length: number;
  packed: number;
  sha256: Uint8Array;
  crc32: number;
}

/** An open file of a record. */
export interface OpenFile {
  url: string;
  type?: string;
  length?: number;
  /** Where it is not known, the file is told of by its record alone. */
  sha256?: Uint8Array;
  /** Milliseconds since 1970: since when it is known with these bytes. */
  time: number;
  /** What this change was to the file. */
  change?: 'created' | 'updated';
}

/** One change of one record. */
export interface Row {
  /** IRI. */
  record: string;
  /** Milliseconds since 1970. Rows never go back in time. */
  time: number;
  change: RowChange;
  /** There unless it is deleted. */
  content?: Content;
  files: OpenFile[];
  /** Files that were told of before, and are there no more. */
  gone: string[];
}

/** A row with its place. */
export interface PlacedRow extends Row {
  place: number;
}

/** How much there is to list of some rows. */
export interface Amount {
  /** Entries of a list of changes. */
  changes: number;
  /** Records that are there, entries of a list of resources, and deflated bytes. */
  records: number;
  resources: number;
  packed: number;
}

/** Rows of one day that stand behind one another; the unit in which lists and dumps are cut. */
export interface Block {
  day: number;
  after: number;
  upTo: number;
  /** Of the first row, and of the last change to the block, be it that a row was replaced by a later one. */
  from: number;
  touched: number;
  /** All that was ever in it, and what is left. */
  all: Amount;
  left: Amount;
  /** Rows that were replaced. With `after` and `upTo` it identifies the block's content. */
  replaced: number;
}

export const dayOf = (time: number): number => Math.floor(time / DAY_MS);

export type RowPrefix = 'r' | 'o';
export const rowKey = (prefix: RowPrefix, place: number): string => `${prefix}!${numberKey(place)}`;
/** Rows behind one place, up to another. */
export const rowRange = (
  prefix: RowPrefix,
  { after, upTo }: { after: number; upTo?: number | undefined },
): { gt: string; lte: string } => ({
  gt: rowKey(prefix, after),
  lte: upTo === undefined ? `${prefix}!${END}` : rowKey(prefix, upTo),
});
export const placeOfRowKey = (key: string): number => numberOfKey(key.slice(2));
export const contentKey = (place: number): string => `c!${numberKey(place)}`;
export const recordPlaceKey = (key: string): string => `k!${key}`;
export const blockKey = (day: number, after: number): string => `b!${numberKey(day)}!${numberKey(after)}`;
/** Blocks of some days, the first and the last included. */
export const blockRange = (first = 0, last?: number): { gte: string; lt: string } => ({
  gte: blockKey(first, 0),
  lt: last === undefined ? `b!${END}` : blockKey(last + 1, 0),
});

export const encodePlace = (place: number): Uint8Array => dagCbor.encode(place);
export const decodePlace = (bytes: Uint8Array): number => dagCbor.decode<number>(bytes);

type ContentTuple = [length: number, packed: number, sha256: Uint8Array, crc32: number];
type FileTuple = [string, string | null, number | null, Uint8Array | null, number, number | null];
type RowTuple = [string, number, number, ContentTuple | null, FileTuple[], string[]];

export function encodeRow({ record, time, change, content, files, gone }: Row): Uint8Array {
  return dagCbor.encode([
    record,
    time,
    CHANGES.indexOf(change),
    content === undefined ? null : [content.length, content.packed, content.sha256, content.crc32],
    files.map((file) => [
      file.url,
      file.type ?? null,
      file.length ?? null,
      file.sha256 ?? null,
      file.time,
      file.change === undefined ? null : CHANGES.indexOf(file.change),
    ]),
    gone,
  ] satisfies RowTuple);
}

export function decodeRow(bytes: Uint8Array): Row {
  const [record, time, change, content, files, gone] = dagCbor.decode<RowTuple>(bytes);
  return {
    record,
    time,
    change: CHANGES[change] ?? 'updated',
    ...(content !== null && {
      content: { length: content[0], packed: content[1], sha256: content[2], crc32: content[3] },
    }),
    files: files.map(fileOf),
    gone,
  };
}

function fileOf([url, type, length, sha256, time, change]: FileTuple): OpenFile {
  return {
    url,
    time,
    ...(type !== null && { type }),
    ...(length !== null && { length }),
    ...(sha256 !== null && { sha256 }),
    ...(change !== null && { change: change === 0 ? 'created' : 'updated' }),
  };
}

type AmountTuple = [number, number, number, number];
type BlockTuple = [number, number, number, number, number, AmountTuple, AmountTuple, number];

const amountTuple = ({ changes, records, resources, packed }: Amount): AmountTuple => [
  changes,
  records,
  resources,
  packed,
];
const amountOf = ([changes, records, resources, packed]: AmountTuple): Amount => ({
  changes,
  records,
  resources,
  packed,
});

export function encodeBlock({ day, after, upTo, from, touched, all, left, replaced }: Block): Uint8Array {
  return dagCbor.encode([
    day,
    after,
    upTo,
    from,
    touched,
    amountTuple(all),
    amountTuple(left),
    replaced,
  ] satisfies BlockTuple);
}

export function decodeBlock(bytes: Uint8Array): Block {
  const [day, after, upTo, from, touched, all, left, replaced] = dagCbor.decode<BlockTuple>(bytes);
  return { day, after, upTo, from, touched, all: amountOf(all), left: amountOf(left), replaced };
}
