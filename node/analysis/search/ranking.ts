import { PAGE_SIZE, type DocumentTable } from './document-table.ts';
import { contentOf, creatorsOf, END, type PostingCursor } from './postings.ts';

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with the weights of a word's fields added
 * up before they are saturated, as BM25F does. Inside the usual ranges; measured on CISI and Cranfield.
 */
const K1 = 1.6;
const B = 0.75;
const K3 = 8;
/** A creator's name counts as much as a word of the title. */
const CREATOR_WEIGHT = 2;
/**
 * What a term adds that only the full text has, by its level (`IndexedDocument`); a word of an abstract adds some 0.4 in
 * the longest and 1 in most. The length of the description says nothing about that of the text.
 */
const TEXT_SHARES = [0, 0.1, 0.15, 0.2];

/** Terms a query has at most: a bit each in `matched`. */
export const MOST_QUERY_TERMS = 32;

/** How much finding a term tells, by how many of all documents have it. Never negative. */
export function inverseFrequency(documents: number, withTerm: number): number {
  return Math.log(1 + (documents - withTerm + 0.5) / (withTerm + 0.5));
}

/** How much a term counts that occurs `times` in the query, when the query is a text itself. */
export function queryWeight(times: number): number {
  return (times * (K3 + 1)) / (times + K3);
}

/** What a term that occurs with weight `frequency` adds to the score of a document of `length`. */
export function saturated(frequency: number, length: number, averageLength: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * length) / averageLength));
}

export interface RankedTerm {
  cursor: PostingCursor;
  weight: number;
  /** Which bit of `matched` it sets. */
  bit: number;
  /** Whether its postings are those of full texts. */
  isInText?: boolean;
}

/**
 * Scores every live document that has one of the terms, a page of the table at a time: memory is that of a page, and the
 * terms' shares of a score are added up in the order of `terms`, wherever the postings lie.
 *
 * @param fields what is looked at: `content` is title, abstract and subjects
 */
export function scoreDocuments(
  table: DocumentTable,
  terms: readonly RankedTerm[],
  fields: 'all' | 'content',
  visit: (document: number, score: number, matched: number) => void,
): void {
  const scores = new Float64Array(PAGE_SIZE);
  const matched = new Uint32Array(PAGE_SIZE);
  const averageLength = Math.max(1, table.totalLength) / Math.max(1, table.count);
  const creatorWeight = fields === 'all' ? CREATOR_WEIGHT : 0;

  for (;;) {
    let lowest = END;
    for (const { cursor } of terms) lowest = Math.min(lowest, cursor.document);
    if (lowest === END) return;
    const number = Math.floor(lowest / PAGE_SIZE);
    const page = table.pages[number];
    const start = number * PAGE_SIZE;
    const end = start + PAGE_SIZE;
    for (const { cursor, weight, bit, isInText = false } of terms) {
      for (; cursor.document < end; cursor.advance()) {
        const slot = cursor.document - start;
        if (page === undefined || page.owners[slot] === 0) continue;
        let share = 0;
        if (isInText) share = TEXT_SHARES[cursor.weight] ?? 0;
        else {
          const frequency = contentOf(cursor.weight) + creatorWeight * creatorsOf(cursor.weight);
          if (frequency === 0) continue;
          share = saturated(frequency, page.lengths[slot] ?? 0, averageLength);
        }
        scores[slot] = (scores[slot] ?? 0) + weight * share;
        matched[slot] = (matched[slot] ?? 0) | (1 << bit);
      }
    }
    for (let slot = 0; slot < PAGE_SIZE; slot += 1) {
      const found = matched[slot] ?? 0;
      if (found === 0) continue;
      visit(start + slot, scores[slot] ?? 0, found);
      scores[slot] = 0;
      matched[slot] = 0;
    }
  }
}
