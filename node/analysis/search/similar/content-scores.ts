import { PAGE_SIZE, type DocumentTable } from '../documents/document-table.ts';
import { END, type PostingCursor } from '../postings/posting-cursor.ts';
import { contentOf } from '../postings/weights.ts';

/**
 * BM25 over title, abstract and subjects where the query is a text too. A word that comes again says more there than in a
 * search of a few words, so saturation sets in later than in `ranking/bm25.ts`. Both within the usual ranges (Robertson and
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

/** Documents that are scored at once: enough that going from term to term costs little, few enough for a processor's cache. */
const STRETCH = PAGE_SIZE * 8;
/** To see whether a document is hopeless takes so much less than to add to its score. */
const SLOTS_A_POSTING = 8;

/**
 * Scores every live record that has one of the terms in its content, a stretch of the table at a time: memory is that of a
 * stretch, and shares of a score are added up in the order of `terms`, wherever the postings lie. Tombstones are left out.
 *
 * What only terms have that together cannot reach the score that is wanted by now is not scored at all: such terms add to
 * the score of what others have, and of that only where all terms that are left could still bring it there (MaxScore;
 * Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995). The answers are the same.
 *
 * @param terms those that weigh most first
 * @param visit is shown each, and says below which score it need not be shown more
 */
export function scoreContents(
  table: DocumentTable,
  terms: readonly ContentTerm[],
  visit: (document: number, score: number, matched: number) => number,
): void {
  const stretch = new Stretch(table);
  const mostFrom = mostOfTermsFrom(terms);
  let least = 0;
  for (;;) {
    let lowest = END;
    for (const { cursor } of terms) if (cursor.document < lowest) lowest = cursor.document;
    if (lowest === END) return;
    stretch.begin(lowest - (lowest % PAGE_SIZE));
    for (let place = 0; place < terms.length; place += 1) {
      stretch.add(terms[place]!, least - mostFrom[place]!);
    }
    least = stretch.visit(least, visit);
  }
}

/** The scores of documents that follow on one another, by their slots in the stretch. */
class Stretch {
  readonly #table: DocumentTable;
  readonly #halfOfOne: number;
  #start = 0;
  readonly #scores = new Float64Array(STRETCH);
  readonly #matched = new Uint32Array(STRETCH);
  readonly #lengths = new Uint16Array(STRETCH);
  /** Whether what terms add is wanted there. */
  readonly #isWanted = new Uint8Array(STRETCH);
  /** The slots where it is, once that is not everywhere. */
  readonly #kept = new Uint16Array(STRETCH);
  #keptCount = STRETCH;
  /** The postings of one term. */
  readonly #documents = new Uint32Array(STRETCH);
  readonly #weights = new Uint32Array(STRETCH);

  constructor(table: DocumentTable) {
    this.#table = table;
    this.#halfOfOne = HALF_OF_AVERAGE / table.averageLength;
  }

  begin(start: number): void {
    this.#start = start;
    for (let slot = 0; slot < STRETCH; slot += PAGE_SIZE) {
      const page = this.#table.pages[(start + slot) / PAGE_SIZE];
      if (page !== undefined) this.#lengths.set(page.lengths, slot);
    }
    this.#scores.fill(0);
    this.#matched.fill(0);
    this.#isWanted.fill(1);
    this.#keptCount = STRETCH;
  }

  /**
   * What a term counts in the documents that have it.
   * @param least what has a lower score by now is hopeless
   */
  add({ cursor, weight, bit }: ContentTerm, least: number): void {
    const documents = this.#documents;
    const weights = this.#weights;
    const scores = this.#scores;
    const lengths = this.#lengths;
    const halfOfOne = this.#halfOfOne;
    const matched = this.#matched;
    const isWanted = this.#isWanted;
    const start = this.#start;
    const flag = bit === undefined ? 0 : 1 << bit;
    const taken = cursor.takeBefore(start + STRETCH, documents, weights);
    if (least > 0 && taken > this.#keptCount / SLOTS_A_POSTING) this.#keepThoseFrom(least);
    for (let i = 0; i < taken; i += 1) {
      const slot = documents[i]! - start;
      if (isWanted[slot] === 0) continue;
      const times = contentOf(weights[i]!);
      if (times === 0) continue;
      // `halfOfLength`, with what does not change at hand.
      const half = HALF_OF_NOTHING + lengths[slot]! * halfOfOne;
      scores[slot]! += weight * contentShare(times, half);
      matched[slot]! |= flag;
    }
  }

  /** From here on terms count only where the score is at least `least` by now, which is more than nothing. */
  #keepThoseFrom(least: number): void {
    const scores = this.#scores;
    const kept = this.#kept;
    const isWanted = this.#isWanted;
    let left = 0;
    if (this.#keptCount === STRETCH) {
      isWanted.fill(0);
      for (let slot = 0; slot < STRETCH; slot += 1) {
        if (scores[slot]! < least) continue;
        kept[left++] = slot;
        isWanted[slot] = 1;
      }
    } else {
      for (let i = 0; i < this.#keptCount; i += 1) {
        const slot = kept[i]!;
        if (scores[slot]! < least) isWanted[slot] = 0;
        else kept[left++] = slot;
      }
    }
    this.#keptCount = left;
  }

  /** @param least below which score nobody need be shown @returns below which from now on */
  visit(least: number, visit: (document: number, score: number, matched: number) => number): number {
    const table = this.#table;
    const scores = this.#scores;
    const start = this.#start;
    const isWhole = this.#keptCount === STRETCH;
    const count = this.#keptCount;
    for (let i = 0; i < count; i += 1) {
      const slot = isWhole ? i : this.#kept[i]!;
      const score = scores[slot]!;
      if (score < least || score === 0) continue;
      const document = start + slot;
      if (table.isLive(document) && !table.isTombstone(document)) {
        least = visit(document, score, this.#matched[slot]!);
      }
    }
    return least;
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
