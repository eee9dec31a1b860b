import { PAGE_SIZE, type DocumentPage, type DocumentTable } from './document-table.ts';
import { contentOf, END, fieldsOf, isOfCreators, type PostingCursor } from './postings.ts';
import { saturated } from './ranking.ts';

/** A creator's name counts as much as a word of the title. */
const CREATOR_WEIGHT = 2;
/**
 * What a term adds that only the full text has, by its level (`IndexedDocument`); a word of an abstract adds some 0.4 in
 * the longest and 1 in most. The length of the description says nothing about that of the text.
 */
const TEXT_SHARES = [0, 0.1, 0.15, 0.2];

/** The bit of what must not match. */
export const EXCLUDED = 0x8000_0000;

/** Postings of one term of a query. */
export interface TermSource {
  cursor: PostingCursor;
  /** What finding it adds to the score. */
  weight: number;
  /** The bits that it sets in `matched`: none where it only adds to the score of a phrase. */
  bits: number;
  /** Only where one of these fields has it. */
  inFields: number;
  /** Whether its postings are those of full texts. */
  isInText: boolean;
}

/** Documents that were found otherwise, ascending. */
export interface ListSource {
  documents: readonly number[];
  bits: number;
}

export interface Sources {
  terms: readonly TermSource[];
  lists: readonly ListSource[];
}

/** Where a document stands in the table, its score, and the bits that it matched. */
export type Visit = (
  page: DocumentPage,
  slot: number,
  document: number,
  score: number,
  matched: number,
) => void;

/**
 * Goes through all live documents that match something of a query and nothing that is excluded, a page of the table at a
 * time: memory is that of a page, and the shares of a score are added up in the order of `terms`, wherever postings lie.
 */
export function visitMatches(table: DocumentTable, { terms, lists }: Sources, visit: Visit): void {
  const scores = new Float64Array(PAGE_SIZE);
  const matched = new Uint32Array(PAGE_SIZE);
  const documents = new Uint32Array(PAGE_SIZE);
  const weights = new Uint32Array(PAGE_SIZE);
  const averageLength = Math.max(1, table.totalLength) / Math.max(1, table.count);
  const places = lists.map(() => 0);

  for (;;) {
    let lowest = END;
    for (const { cursor } of terms) lowest = Math.min(lowest, cursor.document);
    for (const [i, { documents: listed }] of lists.entries()) {
      lowest = Math.min(lowest, listed[places[i] ?? 0] ?? END);
    }
    if (lowest === END) return;
    const number = Math.floor(lowest / PAGE_SIZE);
    const page = table.pages[number];
    const start = number * PAGE_SIZE;
    const end = start + PAGE_SIZE;

    for (const { cursor, weight, bits, inFields, isInText } of terms) {
      const taken = cursor.takeBefore(end, documents, weights);
      for (let i = 0; i < taken; i += 1) {
        const slot = (documents[i] ?? 0) - start;
        const posted = weights[i] ?? 0;
        if (page === undefined || page.owners[slot] === 0) continue;
        let share = 0;
        if (isInText) share = TEXT_SHARES[posted] ?? 0;
        else {
          if ((fieldsOf(posted) & inFields) === 0) continue;
          const frequency = contentOf(posted) + (isOfCreators(posted) ? CREATOR_WEIGHT : 0);
          share = saturated(frequency, page.lengths[slot] ?? 0, averageLength);
        }
        scores[slot] = (scores[slot] ?? 0) + weight * share;
        matched[slot] = (matched[slot] ?? 0) | bits;
      }
    }
    for (const [i, { documents: listed, bits }] of lists.entries()) {
      let at = places[i] ?? 0;
      for (; (listed[at] ?? END) < end; at += 1) {
        const slot = (listed[at] ?? 0) - start;
        if (page !== undefined && page.owners[slot] !== 0) matched[slot] = (matched[slot] ?? 0) | bits;
      }
      places[i] = at;
    }
    if (page === undefined) continue;
    for (let slot = 0; slot < PAGE_SIZE; slot += 1) {
      const found = matched[slot] ?? 0;
      if (found !== 0 && found < EXCLUDED) visit(page, slot, start + slot, scores[slot] ?? 0, found);
    }
    scores.fill(0);
    matched.fill(0);
  }
}
