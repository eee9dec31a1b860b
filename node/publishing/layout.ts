/**
 * The keys of the section 'publishing', an index of what is held by the second in which this node took it in.
 *
 *     t!<set>!<second>!<position>   a record that belongs to the set: its key; `<set>` is empty for all records
 *     k!<key>                       how the record is listed (`Listing`, DAG-CBOR)
 *     c!<set>                       how many records belong to the set (a number, DAG-CBOR)
 *
 * `<set>` is a setSpec whose "!" is written "%21", or a mark that begins with "#" (sets.ts). `<second>` and `<position>`, that
 * of the change in the catalogue's log, are 12 hex digits.
 */
import * as dagCbor from '@ipld/dag-cbor';
import { numberKey, numberOfKey } from '../store/index.ts';

/** After every key that starts with the prefix. */
const END = '~~';
/** After every mark, which begins with "#", and before every setSpec. */
const BEHIND_MARKS = '$';

/** What is told of a record in a header, also when it is gone. */
export interface Listing {
  /** Under which it is listed here. */
  identifier: string;
  /** Seconds since 1970. */
  second: number;
  /** Of the change in the log. */
  position: number;
  /** All sets that it belongs to, the wider ones too; marks of its formats among them. */
  sets: string[];
  /** Withdrawn, deleted, or dropped with its feed. */
  gone: boolean;
}

const encoded = (set: string): string => set.replaceAll('!', '%21');
const setPrefix = (set: string): string => `t!${encoded(set)}!`;

/** Where a record stands in every set's order. */
export const placeOf = ({ second, position }: Pick<Listing, 'second' | 'position'>): string =>
  `${numberKey(second)}!${numberKey(position)}`;
export const secondOfPlace = (place: string): number => numberOfKey(place.slice(0, place.indexOf('!')));

export const memberKeyAt = (set: string, place: string): string => setPrefix(set) + place;
export const memberKey = (set: string, listing: Pick<Listing, 'second' | 'position'>): string =>
  memberKeyAt(set, placeOf(listing));
export const placeOfMemberKey = (set: string, memberKey: string): string =>
  memberKey.slice(setPrefix(set).length);

/** Between two places, neither included, and two seconds, both included. */
export interface Span {
  after?: string;
  before?: string;
  from?: number;
  until?: number;
}

export function memberRange(
  set: string,
  { after, before, from, until }: Span = {},
): { gt: string; lt: string } {
  const prefix = setPrefix(set);
  // Seconds before 1970 have no keys, as nothing was taken in then.
  const start = from === undefined ? '' : numberKey(Math.max(0, from));
  const end = until === undefined ? END : numberKey(Math.max(0, until + 1));
  return {
    gt: prefix + (after !== undefined && after > start ? after : start),
    lt: prefix + (before !== undefined && before < end ? before : end),
  };
}

export const listingKey = (key: string): string => `k!${key}`;
export const encodeListing = (listing: Listing): Uint8Array => dagCbor.encode(listing);
export const decodeListing = (bytes: Uint8Array): Listing => dagCbor.decode<Listing>(bytes);

export const countKey = (set: string): string => `c!${encoded(set)}`;
export const setOfCountKey = (key: string): string => key.slice(2).replaceAll('%21', '!');
/** Sets that others may ask for, behind one; marks lie before them. */
export const countRange = (after = ''): { gt: string; lt: string } => ({
  gt: countKey(after > BEHIND_MARKS ? after : BEHIND_MARKS),
  lt: `c!${END}`,
});
export const encodeCount = (count: number): Uint8Array => dagCbor.encode(count);
export const decodeCount = (bytes: Uint8Array | undefined): number =>
  bytes === undefined ? 0 : dagCbor.decode<number>(bytes);
