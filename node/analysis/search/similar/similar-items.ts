import { genericWords } from '../../../../vocab/same-work/index.ts';
import type { DocumentTable } from '../documents/document-table.ts';
import type { IndexedDocument } from '../documents/document.ts';
import { decodeDocument } from '../documents/stored-document.ts';
import type { IndexReading } from '../index-reading.ts';
import { documentKey } from '../layout.ts';
import { PostingCursor } from '../postings/posting-cursor.ts';
import { NO_POSTINGS, type TermPostings } from '../postings/postings.ts';
import { contentOf } from '../postings/weights.ts';
import { BestHits } from '../ranking/best-hits.ts';
import { contentShare, halfOfLength, scoreContents, type ContentTerm } from './content-scores.ts';
import { differing, expanded, heardTerms, NEIGHBOURS, type Neighbour } from './query-expansion.ts';
import { contentTerms, tellingTerms, type TellingTerm } from './telling-terms.ts';

export interface SimilarItem {
  key: string;
  /** How much it is alike, from 0 to 1; a text with the same words has 1. */
  score: number;
  /** Words that both have, those that tell most first. */
  terms: string[];
}

const MOST_ITEMS = 10_000;
const MOST_SHARED_TERMS = 6;
/** A bit for each of the words that tell most; all others have this one together. */
const LAST_BIT = 31;
/** Neighbours are found by the words that tell most: few, and rare. */
const FIRST_TERMS = 24;
/** Some may be copies of the seed or of one another. */
const CANDIDATES = NEIGHBOURS * 2;
/**
 * Postings that the two passes go through: some milliseconds. Terms that tell most come first, those that do not fit are
 * left out. (On CISI and Cranfield twice as many as there are documents cost 0.007 of nDCG@10 at most, thrice 0.002.)
 */
const MOST_POSTINGS = { first: 40_000, second: 150_000 };

/**
 * The records whose titles, abstracts and subjects are most like those of one; never itself, never a tombstone.
 *
 * In two passes of BM25: the records nearest by the seed's most telling words, then all records by the seed's words and
 * those of the nearest (`query-expansion.ts`). Nothing is like a text that only says what it is ("Editorial").
 * @param options.isHeard whether the nearest are heard; without them it is plain BM25
 */
export async function similarItems(
  index: IndexReading,
  { key, limit, isHeard = true }: { key: string; limit: number; isHeard?: boolean },
): Promise<SimilarItem[]> {
  const seed = await index.documentOf(key);
  if (seed === undefined || seed.tombstone || saysOnlyWhatItIs(seed)) return [];
  const words = new WordsOfIndex(index);
  await words.read(contentTerms(seed).map(({ term }) => term));
  const own = words.telling(seed);
  const near = isHeard ? await nearest(index, words, seed, own.slice(0, FIRST_TERMS)) : [];
  const query = expanded(own, near);

  const { table } = words;
  const best = new BestHits(table, Math.min(MOST_ITEMS, limit) + 1);
  const bits = new Map(own.map(({ term }, i) => [term, Math.min(i, LAST_BIT)]));
  scoreContents(table, words.ranked(query, MOST_POSTINGS.second, bits), (document, score, matched) => {
    // What has words of the neighbours only has nothing in common with the seed that a reader could see.
    if (matched !== 0) best.offer(document, score, matched);
    return best.least;
  });
  const whole = scoreOfItself(seed, query, table.averageLength);
  const hits = await index.withKeys(best.sorted());
  return hits
    .filter((hit) => hit.key !== key)
    .slice(0, limit)
    .map((hit) => ({
      key: hit.key,
      score: Math.min(1, hit.score / whole),
      terms: own
        .slice(0, LAST_BIT)
        .filter((_, i) => (hit.matched & (1 << i)) !== 0)
        .slice(0, MOST_SHARED_TERMS)
        .map(({ word }) => word),
    }));
}

/** The records that are most like the seed by some of its terms, each with what tells it. */
async function nearest(
  index: IndexReading,
  words: WordsOfIndex,
  seed: IndexedDocument,
  terms: readonly TellingTerm[],
): Promise<Neighbour[]> {
  const best = new BestHits(words.table, CANDIDATES + 1);
  scoreContents(words.table, words.ranked(terms, MOST_POSTINGS.first), (document, score) => {
    best.offer(document, score, 0);
    return best.least;
  });
  const hits = best.sorted();
  const documents = await index.section.getMany(hits.map(({ document }) => documentKey(document)));
  const found = hits
    .flatMap(({ score }, i) => {
      const bytes = documents[i];
      const document = bytes === undefined ? undefined : decodeDocument(bytes);
      return document === undefined || document.key === seed.key ? [] : [{ score, document }];
    })
    .sort((a, b) => b.score - a.score || (a.document.key < b.document.key ? -1 : 1))
    .map((hit) => ({ ...hit, terms: contentTerms(hit.document) }));
  const seedTerms = new Set(contentTerms(seed).map(({ term }) => term));
  const neighbours = differing(seedTerms, found);
  const heard = heardTerms(seedTerms, neighbours);
  await words.read([...heard]);
  return neighbours.map(({ score, document }) => ({ score, terms: words.telling(document, heard) }));
}

/** The postings of some words. */
class WordsOfIndex {
  readonly #index: IndexReading;
  readonly #words = new Map<string, TermPostings>();
  #table: DocumentTable | undefined;

  constructor(index: IndexReading) {
    this.#index = index;
  }

  /** The table when words were read last. */
  get table(): DocumentTable {
    if (this.#table === undefined) throw new TypeError('no words have been read');
    return this.#table;
  }

  /** Reads what is not known yet; anew, where the index has changed in between. */
  async read(terms: readonly string[]): Promise<void> {
    const missing = terms.filter((term) => !this.#words.has(term));
    const { table, postings } = await this.#index.postings(missing, MOST_POSTINGS.second);
    if (this.#table !== undefined && this.#table !== table) {
      const known = [...this.#words.keys(), ...missing];
      const all = await this.#index.postings(known, MOST_POSTINGS.second);
      this.#keep(known, all.postings);
      this.#table = all.table;
      return;
    }
    this.#keep(missing, postings);
    this.#table = table;
  }

  /** @param among which of the document's terms count; all, where it is left out */
  telling(document: IndexedDocument, among?: ReadonlySet<string>): TellingTerm[] {
    const terms = contentTerms(document).filter(({ term }) => among?.has(term) ?? true);
    return tellingTerms(terms, (term) => this.#words.get(term)?.count ?? 0, this.table.count);
  }

  /** The terms with their postings, as many of these as there may be. */
  ranked(terms: readonly TellingTerm[], most: number, bits?: ReadonlyMap<string, number>): ContentTerm[] {
    let left = most;
    return terms.flatMap(({ term, weight }) => {
      const { blocks, count } = this.#words.get(term) ?? NO_POSTINGS;
      if (count > left) return [];
      left -= count;
      return [{ cursor: new PostingCursor(blocks), weight, bit: bits?.get(term) }];
    });
  }

  #keep(terms: readonly string[], postings: readonly TermPostings[]): void {
    for (const [i, term] of terms.entries()) this.#words.set(term, postings[i] ?? NO_POSTINGS);
  }
}

/** The score that the seed itself has. */
export function scoreOfItself(
  seed: IndexedDocument,
  query: readonly TellingTerm[],
  averageLength: number,
): number {
  const times = new Map(contentTerms(seed).map((own) => [own.term, own.times]));
  const length = seed.weights.reduce((sum, weight) => sum + contentOf(weight), 0);
  const half = halfOfLength(length, averageLength);
  return query.reduce((sum, { term, weight }) => sum + weight * contentShare(times.get(term) ?? 0, half), 0);
}

/** Whether its words are only those of headings ("Editorial", "Book reviews", "Front matter") and numbers. */
export function saysOnlyWhatItIs(document: IndexedDocument): boolean {
  return contentTerms(document).every(({ word }) => {
    const folded = word.normalize('NFD').replace(/\p{M}/gu, '');
    return genericWords.has(folded) || /^\p{N}+$/u.test(folded);
  });
}
