import { documentOf, type IndexedDocument } from '../../../../node/analysis/search/document.ts';
import type { SearchQuery, SearchResult } from '../../../../node/analysis/search/index.ts';
import { contentOf, creatorsOf } from '../../../../node/analysis/search/postings.ts';
import { inverseFrequency, queryWeight, saturated } from '../../../../node/analysis/search/ranking.ts';
import { tokensOf } from '../../../../node/analysis/search/text-normalisation.ts';
import type { Holding } from '../../../../vocab/record.ts';

interface Scored {
  key: string;
  score: number;
  tombstone: boolean;
  shared: number;
}

const inOrder = (a: Scored, b: Scored): number =>
  Number(a.tombstone) - Number(b.tombstone) || b.score - a.score || (a.key < b.key ? -1 : 1);

const bare = ({ key, score }: Scored): { key: string; score: number } => ({ key, score });

/** What the index must answer, from nothing but the holdings of the moment, one document after another. */
export class BruteForce {
  readonly #documents: (IndexedDocument & { node: string })[];

  constructor(holdings: ReadonlyMap<string, Holding>) {
    this.#documents = [...holdings].map(([key, holding]) => ({
      ...documentOf(key, holding),
      node: holding.node,
    }));
  }

  search({ query, limit, offset, origin }: SearchQuery): SearchResult {
    const terms = [...new Set(tokensOf(query, 1_000).map(({ term }) => term))].slice(0, 32);
    const scored = this.#documents
      .filter(({ node }) => origin === undefined || node === origin)
      .map((document) => this.#score(document, terms, (term) => this.#idf(term), 2))
      .filter(({ shared }) => shared > 0);
    const whole = scored.filter(({ shared }) => shared === terms.length);
    const found = (whole.length > 0 ? whole : scored).sort(inOrder);
    return { total: found.length, hits: found.slice(offset, offset + limit).map(bare) };
  }

  similarTo(key: string, limit: number): { key: string; score: number }[] {
    const seed = this.#documents.find((document) => document.key === key);
    if (seed === undefined || seed.tombstone) return [];
    const weights = new Map(
      seed.terms
        .map((term, i): [string, number] => [
          term,
          queryWeight(contentOf(seed.weights[i] ?? 0)) * this.#idf(term),
        ])
        .filter(([term, weight]) => weight > 0 && this.#count(term) > 1)
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .slice(0, 32),
    );
    return this.#documents
      .filter((document) => document.key !== key && !document.tombstone)
      .map((document) => this.#score(document, [...weights.keys()], (term) => weights.get(term) ?? 0, 0))
      .filter(({ shared }) => shared > 0)
      .sort(inOrder)
      .slice(0, limit)
      .map(bare);
  }

  #score(
    { key, tombstone, terms, weights }: IndexedDocument,
    query: readonly string[],
    weightOf: (term: string) => number,
    creatorWeight: number,
  ): Scored {
    let score = 0;
    let shared = 0;
    for (const term of query) {
      const weight = weights[terms.indexOf(term)] ?? 0;
      const frequency = contentOf(weight) + creatorWeight * creatorsOf(weight);
      if (frequency === 0) continue;
      shared += 1;
      score += weightOf(term) * saturated(frequency, lengthOf(weights), this.#averageLength());
    }
    return { key, score, tombstone, shared };
  }

  #count(term: string): number {
    return this.#documents.filter(({ terms }) => terms.includes(term)).length;
  }

  #idf(term: string): number {
    return inverseFrequency(this.#documents.length, this.#count(term));
  }

  #averageLength(): number {
    const total = this.#documents.reduce((sum, { weights }) => sum + lengthOf(weights), 0);
    return Math.max(1, total) / this.#documents.length;
  }
}

const lengthOf = (weights: readonly number[]): number =>
  weights.reduce((sum, weight) => sum + contentOf(weight), 0);
