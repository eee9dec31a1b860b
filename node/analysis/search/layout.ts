/**
 * The keys of the text index, in the reader's own section of the store.
 *
 *     s                             state of the whole (`IndexState`, DAG-CBOR)
 *     d!<document>                  the document: key, kind, words with their weights (`documents/document.ts`)
 *     x!<generation>!<document>     the document died in that generation (empty); its `d!` stays until that generation
 *                                   of postings is in a segment, because the counts are taken down by its words
 *     c!<page>                      columns of 512 documents (`documents/document-table.ts`)
 *     v!<facet>!<number>            the value that the columns call by that number (`documents/facet-values.ts`)
 *     t!<segment>!<pack>            the terms of a pack of the segment, with their counts (`segments/term-list.ts`)
 *     p!<segment>!<pack>            their postings, one behind the other (`postings/postings.ts`)
 *
 * A term is a word's stem; `~<term>` stands for it in full texts only, `@<name> <letter>` for creators of that surname and
 * initial. A segment's terms stand in the order of their UTF-16 units, some dozens to a pack (`segments/segment-packing.ts`).
 *
 * Numbers are 12 hex digits. A document number is given once and never again: a record that changes gets a new one, the
 * highest. Segments cover ascending, adjoining ranges of document numbers; the documents above the last range are those
 * whose postings are in memory only, and are read again from their `d!` when the index is opened.
 */
import { numberKey, numberOfKey } from '../../store/index.ts';

export const STATE_KEY = 's';
export const documentKey = (document: number): string => `d!${numberKey(document)}`;
export const deathKey = (generation: number, document: number): string =>
  `x!${numberKey(generation)}!${numberKey(document)}`;
export const pageKey = (page: number): string => `c!${numberKey(page)}`;
export const termListKey = (segment: number, pack: number): string =>
  `t!${numberKey(segment)}!${numberKey(pack)}`;
export const packKey = (segment: number, pack: number): string =>
  `p!${numberKey(segment)}!${numberKey(pack)}`;
export const valueKey = (facet: string, number: number): string => `v!${facet}!${numberKey(number)}`;

/** Range bounds: `"` follows `!`. */
export const documentsFrom = (document: number): { gte: string; lt: string } => ({
  gte: documentKey(document),
  lt: 'd"',
});
/** Deaths of the generations `from` to `to`, the last included. */
export const deathRange = (from: number, to: number): { gte: string; lt: string } => ({
  gte: `x!${numberKey(from)}!`,
  lt: `x!${numberKey(to)}"`,
});
export const pageRange = { gte: 'c!', lt: 'c"' };
export const valueRange = { gte: 'v!', lt: 'v"' };
export const packRange = (segment: number): { gte: string; lt: string } => ({
  gte: packKey(segment, 0),
  lt: `p!${numberKey(segment)}"`,
});
export const termListRange = (segment: number): { gte: string; lt: string } => ({
  gte: termListKey(segment, 0),
  lt: `t!${numberKey(segment)}"`,
});

const NUMBER_LENGTH = numberKey(0).length;

/** Of a document, a page or a pack. */
export const numberAtEnd = (key: string): number => numberOfKey(key.slice(-NUMBER_LENGTH));
export const valueOfKey = (key: string): { facet: string; number: number } => ({
  facet: key.slice('v!'.length, -NUMBER_LENGTH - 1),
  number: numberAtEnd(key),
});
