import type { DocumentPage } from './documents/document-table.ts';
import type { FacetValues } from './documents/facet-values.ts';
import type { IndexReading } from './index-reading.ts';
import { NO_POSTINGS, type TermPostings } from './postings/postings.ts';
import { FacetFilter } from './query/facet-filter.ts';
import { visitMatches, type Visit } from './query/matching.ts';
import { parseQuery } from './query/query-language.ts';
import { QueryPlan } from './query/query-plan.ts';
import type { TimeBudget } from './query/time-budget.ts';
import { BestHits } from './ranking/best-hits.ts';
import type { SearchQuery, SearchResult } from './search-query.ts';
import { correctedQuery, type SpellingReading } from './spelling/correction.ts';

/** What of the index a search needs. */
export interface SearchReading extends IndexReading, SpellingReading {
  values: FacetValues;
  hasFullText: boolean;
}

/** Hits that can be paged through; who looks for more should ask more closely. */
const MOST_HITS = 10_000;

/**
 * What has all that a query asks for; where nothing has (whatever the filters), what has any of it. Records come before
 * tombstones. A word that is in no record is replaced by the nearest that is in one, if there is one.
 *
 * @param budget when it is spent, the answer is what was found by then
 */
export async function searchIndex(
  index: SearchReading,
  asked: SearchQuery,
  budget: TimeBudget,
): Promise<SearchResult> {
  const parsed = parseQuery(asked.query);
  const plan = new QueryPlan(parsed, index);
  const { table, postings } = await index.postings(plan.terms);
  const places = new Map(plan.terms.map((term, i) => [term, i]));
  const postingsOf = (term: string): TermPostings => postings[places.get(term) ?? -1] ?? NO_POSTINGS;

  const unknown = plan.unknownWords(postingsOf);
  if (unknown.length > 0 && asked.asWritten !== true) {
    const corrected = await correctedQuery(index, parsed, unknown, budget);
    if (corrected !== undefined) {
      const meant = { ...asked, query: corrected, asWritten: true };
      return { ...(await searchIndex(index, meant, budget)), corrected };
    }
  }

  const end = Math.min(MOST_HITS, asked.offset + asked.limit);
  const look = async (
    isEnough: (matched: number) => boolean,
  ): Promise<{ best: BestHits; filter: FacetFilter; matches: number }> => {
    const best = new BestHits(table, end);
    const filter = new FacetFilter(index.values, asked.filters ?? {}, { isCounting: asked.facets === true });
    const orderOf = orders[asked.order ?? 'relevance'];
    let matches = 0;
    const sources = plan.sources(postingsOf, table.count);
    const visit: Visit = (page, slot, document, score, matched) => {
      if (!isEnough(matched)) return;
      matches += 1;
      if (filter.take(page, slot)) best.offer(document, score, matched, orderOf(page, slot, score));
    };
    await visitMatches(table, { ...sources, budget }, visit);
    return { best, filter, matches };
  };
  let found = await look((matched) => matched === plan.all);
  if (found.matches === 0 && plan.all > 1 && !budget.isSpent) found = await look(() => true);
  const facets = found.filter.facets();
  const hits = await index.withKeys(found.best.sorted());
  return {
    total: found.best.total,
    hits: hits.slice(asked.offset, end).map(({ key, score }) => ({ key, score })),
    ...(facets !== undefined && { facets }),
    ...(budget.isSpent && { isCut: true }),
  };
}

/** By what hits are sorted, the greatest first. What has no date comes last. */
const orders: Readonly<
  Record<NonNullable<SearchQuery['order']>, (page: DocumentPage, slot: number, score: number) => number>
> = {
  relevance: (_page, _slot, score) => score,
  newest: ({ dates }, slot) => dates[slot] ?? 0,
  oldest: ({ dates }, slot) => (dates[slot] === 0 ? -Infinity : -(dates[slot] ?? 0)),
};
