/**
 * The keys of the text index, in the reader's own section of the store.
 *
 *     s                             state of the whole (`IndexState`, DAG-CBOR)
 *     k!<key>                       the record's document number (12 hex digits)
 *     d!<document>                  the document: key, kind, words with their weights (`document.ts`)
 *     x!<generation>!<document>     the document died in that generation (empty); its `d!` stays until that generation
 *                                   of postings is in a segment, because the counts are taken down by its words
 *     c!<page>                      columns of 512 documents (`document-table.ts`)
 *     v!<facet>!<number>            the value that the columns call by that number (`facet-values.ts`)
 *     p!<segment>!<term>            the term's postings in the segment (`postings.ts`)
 *     p!<segment>!~<term>           those of documents that have it in their full text only
 *     p!<segment>!@<name> <letter>  those of documents with a creator of that surname and initial
 *     t!<segment>!<term>            some of the segment's terms, from that one on, with their counts (`term-list.ts`)
 *
 * Numbers are 12 hex digits. A document number is given once and never again: a record that changes gets a new one, the
 * highest. Segments cover ascending, adjoining ranges of document numbers; the documents above the last range are those
 * whose postings are in memory only, and are read again from their `d!` when the index is opened.
 */
import { numberKey, numberOfKey } from '../../store/index.ts';

export const STATE_KEY = 's';
export const recordKey = (key: string): string => `k!${key}`;
export const documentKey = (document: number): string => `d!${numberKey(document)}`;
export const deathKey = (generation: number, document: number): string =>
  `x!${numberKey(generation)}!${numberKey(document)}`;
export const pageKey = (page: number): string => `c!${numberKey(page)}`;
export const postingKey = (segment: number, term: string): string => `p!${numberKey(segment)}!${term}`;
export const termListKey = (segment: number, term: string): string => `t!${numberKey(segment)}!${term}`;
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
export const segmentRange = (segment: number, after = ''): { gt: string; lt: string } => ({
  gt: postingKey(segment, after),
  lt: `p!${numberKey(segment)}"`,
});

/** All of a segment's lists of terms. */
export const termListRange = (segment: number): { gte: string; lt: string } => ({
  gte: termListKey(segment, ''),
  lt: `t!${numberKey(segment)}"`,
});
/** Those of the terms that begin with a letter, which no other list has. */
export const termListsOf = (segment: number, letter: string): { gte: string; lt: string } => ({
  gte: termListKey(segment, letter),
  lt: termListKey(segment, `${letter}\uffff`),
});

const NUMBER_LENGTH = numberKey(0).length;

export const numberAtEnd = (key: string): number => numberOfKey(key.slice(-NUMBER_LENGTH));
export const termOfPostingKey = (key: string): string => key.slice('p!'.length + NUMBER_LENGTH + '!'.length);
export const valueOfKey = (key: string): { facet: string; number: number } => ({
  facet: key.slice('v!'.length, -NUMBER_LENGTH - 1),
  number: numberAtEnd(key),
});
