import type { IndexedDocument } from '../../../../node/analysis/search/documents/document.ts';
import { contentOf } from '../../../../node/analysis/search/postings/weights.ts';
import { contentShare, halfOfLength } from '../../../../node/analysis/search/similar/content-scores.ts';
import { differing, expanded, heardTerms } from '../../../../node/analysis/search/similar/query-expansion.ts';
import { saysOnlyWhatItIs, scoreOfItself } from '../../../../node/analysis/search/similar/similar-items.ts';
import {
  contentTerms,
  tellingTerms,
  type TellingTerm,
} from '../../../../node/analysis/search/similar/telling-terms.ts';

const FIRST_TERMS = 24;
const CANDIDATES = 10;

/** What is alike, from nothing but the documents, one after another. */
export function alike(
  documents: readonly IndexedDocument[],
  key: string,
  limit: number,
): { key: string; score: number }[] {
  const seed = documents.find((document) => document.key === key);
  if (seed === undefined || seed.tombstone || saysOnlyWhatItIs(seed)) return [];
  const others = documents.filter((document) => document !== seed && !document.tombstone);
  const total = documents.reduce((sum, document) => sum + lengthOf(document), 0);
  const averageLength = Math.max(1, total) / documents.length;
  const countOf = (term: string): number => documents.filter(({ terms }) => terms.includes(term)).length;
  const tell = (document: IndexedDocument, among?: ReadonlySet<string>): TellingTerm[] =>
    tellingTerms(
      contentTerms(document).filter(({ term }) => among?.has(term) ?? true),
      countOf,
      documents.length,
    );
  const rank = (
    query: readonly TellingTerm[],
    most: number,
  ): { document: IndexedDocument; score: number }[] =>
    others
      .map((document) => ({ document, score: scoreOf(document, query, averageLength) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.document.key < b.document.key ? -1 : 1))
      .slice(0, most);

  const own = tell(seed);
  const near = rank(own.slice(0, FIRST_TERMS), CANDIDATES).map((hit) => ({
    ...hit,
    terms: contentTerms(hit.document),
  }));
  const seedTerms = new Set(contentTerms(seed).map(({ term }) => term));
  const neighbours = differing(seedTerms, near);
  const heard = heardTerms(seedTerms, neighbours);
  const query = expanded(
    own,
    neighbours.map(({ score, document }) => ({ score, terms: tell(document, heard) })),
  );
  const whole = scoreOfItself(seed, query, averageLength);
  const ownTerms = new Set(own.map(({ term }) => term));
  return rank(query, documents.length)
    .filter(({ document }) => contentTerms(document).some(({ term }) => ownTerms.has(term)))
    .slice(0, limit)
    .map(({ document, score }) => ({ key: document.key, score: Math.min(1, score / whole) }));
}

function scoreOf(document: IndexedDocument, query: readonly TellingTerm[], averageLength: number): number {
  const half = halfOfLength(lengthOf(document), averageLength);
  return query.reduce((score, { term, weight }) => {
    const times = contentOf(document.weights[document.terms.indexOf(term)] ?? 0);
    return times === 0 ? score : score + weight * contentShare(times, half);
  }, 0);
}

const lengthOf = ({ weights }: IndexedDocument): number =>
  weights.reduce((sum, weight) => sum + contentOf(weight), 0);
