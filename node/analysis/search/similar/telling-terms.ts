import type { IndexedDocument } from '../documents/document.ts';
import { contentOf } from '../postings/weights.ts';
import { inverseFrequency, queryWeight } from '../ranking/bm25.ts';

/** A term, and how much it tells of a text. */
export interface TellingTerm {
  term: string;
  word: string;
  weight: number;
}

/** What is in a document's content, and how often (weighted by field). */
export function contentTerms(document: IndexedDocument): { term: string; word: string; times: number }[] {
  return document.terms.flatMap((term, i) => {
    const times = contentOf(document.weights[i] ?? 0);
    return times === 0 ? [] : [{ term, times, word: document.words[i] ?? term }];
  });
}

/**
 * A text's terms by how often they are in it and how rare in all, those that tell most first, without those that no other
 * document has. The squares of the weights add up to 1.
 * @param countOf how many live documents have a term
 * @param documents how many live documents there are
 */
export function tellingTerms(
  terms: ReturnType<typeof contentTerms>,
  countOf: (term: string) => number,
  documents: number,
): TellingTerm[] {
  const telling = terms.flatMap(({ term, times, word }) => {
    const count = countOf(term);
    if (count <= 1) return [];
    return [{ term, word, weight: queryWeight(times) * inverseFrequency(documents, count) }];
  });
  return byWeight(ofLengthOne(telling));
}

/** With the same proportions, and squares of the weights that add up to 1. */
export function ofLengthOne<T extends { weight: number }>(terms: readonly T[]): T[] {
  const length = Math.sqrt(terms.reduce((sum, { weight }) => sum + weight * weight, 0));
  return length === 0 ? [] : terms.map((each) => ({ ...each, weight: each.weight / length }));
}

/** Those that tell most first. */
export function byWeight<T extends { term: string; weight: number }>(terms: readonly T[]): T[] {
  return terms.toSorted((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
}
