import type { IndexedDocument } from './document.ts';
import { contentOf, countOf, type PostingBlock } from './postings.ts';
import { inverseFrequency, MOST_QUERY_TERMS, queryWeight } from './ranking.ts';

/** A term by which a text is told from others. */
export interface TellingTerm {
  word: string;
  weight: number;
  blocks: readonly PostingBlock[];
}

/** What is in a document's content, and how often (weighted by field). */
export function contentTerms(document: IndexedDocument): { term: string; word: string; times: number }[] {
  return document.terms.flatMap((term, i) => {
    const times = contentOf(document.weights[i] ?? 0);
    return times === 0 ? [] : [{ term, times, word: document.words[i] ?? term }];
  });
}

/**
 * The 32 terms that tell most, by how often they are in the text and how rare in all, those first; without those that
 * no other document has.
 * @param postings each term's blocks
 * @param documents how many live documents there are
 */
export function tellingTerms(
  terms: ReturnType<typeof contentTerms>,
  postings: readonly (readonly PostingBlock[])[],
  documents: number,
): TellingTerm[] {
  return terms
    .map(({ term, times, word }, i) => {
      const blocks = postings[i] ?? [];
      const count = blocks.reduce((sum, block) => sum + countOf(block), 0);
      return { term, word, blocks, count, weight: queryWeight(times) * inverseFrequency(documents, count) };
    })
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_QUERY_TERMS);
}
