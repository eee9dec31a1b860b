import { PAGE_SIZE, type DocumentTable } from './document-table.ts';
import { contentOf, END, type PostingCursor } from './postings.ts';

/**
 * BM25 over title, abstract and subjects where the query is a text too. A word that comes again says more there than in a
 * search of a few words, so saturation sets in later than in `ranking.ts`. Both within the usual ranges (Robertson and
 * Zaragoza 2009, section 3.5); the quality on CISI and Cranfield changes little around them.
 */
const K1 = 2.5;
const B = 0.75;
const HALF_OF_NOTHING = K1 * (1 - B);
const HALF_OF_AVERAGE = K1 * B;

/** A term of the query, and where it is. */
export interface ContentTerm {
  cursor: PostingCursor;
  weight: number;
  /** Which bit of `matched` it sets, if any. */
  bit: number | undefined;
}

/** How often a term has to be in a content of `length` to count half of what it can. */
export function halfOfLength(length: number, averageLength: number): number {
  return HALF_OF_NOTHING + length * (HALF_OF_AVERAGE / averageLength);
}

/** What no term counts, however often it is there; a little more, as sums are rounded. */
const MOST_SHARE = (K1 + 1) * (1 + 1e-9);

/** What a term counts that is `times` in a content. */
export function contentShare(times: number, half: number): number {
  return (times * (K1 + 1)) / (times + half);
}

export function averageLengthOf({ totalLength, count }: DocumentTable): number {
  return Math.max(1, totalLength) / Math.max(1, count);
}

/** Documents that are scored at once: enough that going from term to term costs little, few enough for a processor's cache. */
const STRETCH = PAGE_SIZE * 8;

/**
 * Scores every live record that has one of the terms in its content, a stretch of the table at a time: memory is that of a
 * stretch, and shares of a score are added up in the order of `terms`, wherever the postings lie. Tombstones are left out.
 *
 * What only terms have that together cannot reach the score that is wanted by now is not scored at all: such terms add to
 * the score of what others have (MaxScore; Turtle and Flood, 1995).
 *
 * @param terms those that weigh most first
 * @param visit is shown each, and says below which score it need not be shown more
 */
export function scoreContents(
  table: DocumentTable,
  terms: readonly ContentTerm[],
  visit: (document: number, score: number, matched: number) => number,
): void {
  const scores = new Float64Array(STRETCH);
  const matched = new Uint32Array(STRETCH);
  const lengths = new Uint16Array(STRETCH);
  const documents = new Uint32Array(STRETCH);
  const weights = new Uint32Array(STRETCH);
  const halfOfOne = HALF_OF_AVERAGE / averageLengthOf(table);
  const mostFrom = mostOfTermsFrom(terms);
  let least = 0;

  for (;;) {
    let lowest = END;
    for (const { cursor } of terms) if (cursor.document < lowest) lowest = cursor.document;
    if (lowest === END) return;
    const start = lowest - (lowest % PAGE_SIZE);
    const end = start + STRETCH;
    for (let slot = 0; slot < STRETCH; slot += PAGE_SIZE) {
      const page = table.pages[(start + slot) / PAGE_SIZE];
      if (page !== undefined) lengths.set(page.lengths, slot);
    }
    for (const [place, { cursor, weight, bit }] of terms.entries()) {
      const flag = bit === undefined ? 0 : 1 << bit;
      const taken = cursor.takeBefore(end, documents, weights);
      const isAlone = mostFrom[place]! >= least;
      for (let i = 0; i < taken; i += 1) {
        const times = contentOf(weights[i]!);
        if (times === 0) continue;
        const slot = documents[i]! - start;
        if (!isAlone && scores[slot] === 0) continue;
        // `halfOfLength`, with what does not change at hand.
        const half = HALF_OF_NOTHING + lengths[slot]! * halfOfOne;
        scores[slot]! += weight * contentShare(times, half);
        if (flag !== 0) matched[slot]! |= flag;
      }
    }
    for (let slot = 0; slot < STRETCH; slot += 1) {
      const score = scores[slot]!;
      if (score === 0) continue;
      const document = start + slot;
      if (score >= least && table.isLive(document) && !table.isTombstone(document)) {
        least = visit(document, score, matched[slot]!);
      }
      scores[slot] = 0;
      matched[slot] = 0;
    }
  }
}

/** By place: what a document can have at most of the terms from there on. */
function mostOfTermsFrom(terms: readonly ContentTerm[]): Float64Array {
  const most = new Float64Array(terms.length);
  let sum = 0;
  for (let place = terms.length - 1; place >= 0; place -= 1)
    most[place] = sum += MOST_SHARE * terms[place]!.weight;
  return most;
}
