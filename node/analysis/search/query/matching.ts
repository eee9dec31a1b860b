import { PAGE_SIZE, type DocumentPage, type DocumentTable } from '../documents/document-table.ts';
import { END, type PostingCursor } from '../postings/posting-cursor.ts';
import { contentOf, fieldsOf, isOfCreators } from '../postings/weights.ts';
import { saturated } from '../ranking/bm25.ts';
import type { TimeBudget } from './time-budget.ts';

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

/** Documents that are found otherwise, ascending. */
export interface Matches {
  /** None is below. */
  readonly document: number;
  /** Those below `end`, each given once. */
  before(end: number): readonly number[];
}

export interface MatchSource {
  matches: Matches;
  bits: number;
}

export interface Sources {
  terms: readonly TermSource[];
  others: readonly MatchSource[];
}

/** Matches that are known already. */
export class KnownMatches implements Matches {
  readonly #documents: readonly number[];
  #next = 0;

  /** @param documents ascending */
  constructor(documents: readonly number[]) {
    this.#documents = documents;
  }

  get document(): number {
    return this.#documents[this.#next] ?? END;
  }

  before(end: number): readonly number[] {
    const from = this.#next;
    while (this.document < end) this.#next += 1;
    return this.#documents.slice(from, this.#next);
  }
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
 * Between two pages others get their turn, and when the budget is spent it ends there.
 */
export async function visitMatches(
  table: DocumentTable,
  { terms, others, budget }: Sources & { budget: TimeBudget },
  visit: Visit,
): Promise<void> {
  const scores = new Float64Array(PAGE_SIZE);
  const matched = new Uint32Array(PAGE_SIZE);
  const documents = new Uint32Array(PAGE_SIZE);
  const weights = new Uint32Array(PAGE_SIZE);
  const { averageLength } = table;

  for (;;) {
    if (budget.isTurnOver && !(await budget.rest())) return;
    let lowest = END;
    for (const { cursor } of terms) lowest = Math.min(lowest, cursor.document);
    for (const { matches } of others) lowest = Math.min(lowest, matches.document);
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
    for (const { matches, bits } of others) {
      for (const document of matches.before(end)) {
        const slot = document - start;
        if (page !== undefined && page.owners[slot] !== 0) matched[slot] = (matched[slot] ?? 0) | bits;
      }
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
