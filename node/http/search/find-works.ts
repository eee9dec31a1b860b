import type { Facets, SearchQuery } from '../../analysis/search/index.ts';
import type { HttpParts } from '../parts.ts';

/** One work among the results: its best record, and some of the others that are held of it. */
export interface WorkHit {
  key: string;
  score: number;
  /** Undefined for a tombstone. */
  work: string | undefined;
  /** The first of them. */
  copies: string[];
  /** How many copies more there are. */
  moreCopies: number;
}

export interface WorkHits {
  /** Records that match, all copies counted. */
  total: number;
  hits: WorkHit[];
  facets?: Facets;
  /** The query that was searched instead. */
  corrected?: string;
  /** The search took too long and was ended: this is part of the answer. */
  isCut?: true;
  hasMore: boolean;
  /** Whether there are more than are ever looked at. */
  isCutOff: boolean;
}

/** Nobody reads further; who wants everything takes the collection. */
const DEEPEST_HIT = 1_000;
/** A work may have some hundred copies; all of them are at its own address. */
const MOST_COPIES = 10;

/**
 * A page of a search, one row a work. A work stands where its best record stands, so the rows before the page are found
 * first; their number is bounded.
 */
export async function findWorks(
  { text, duplicates }: Pick<HttpParts, 'text'> & { duplicates: Pick<HttpParts['duplicates'], 'worksOf'> },
  { page, size, ...question }: Omit<SearchQuery, 'limit' | 'offset'> & { page: number; size: number },
): Promise<WorkHits> {
  const first = (page - 1) * size;
  const wanted = first + size + 1;
  const seen = new Set<string>();
  const found: WorkHit[] = [];
  let told: Pick<WorkHits, 'total' | 'facets' | 'corrected' | 'isCut'> = { total: 0 };
  let offset = 0;
  // Some of them are copies of works that have a row already: twice as many each time, since each search ranks all hits anew.
  for (let some = 2 * wanted; found.length < wanted && offset < DEEPEST_HIT; some *= 2) {
    const limit = Math.min(some, DEEPEST_HIT - offset);
    // The facets are the same each time.
    const facets = question.facets === true && offset === 0;
    const { hits, ...rest } = await text.search({ ...question, facets, limit, offset });
    told = { ...told, ...rest };
    const works = await duplicates.worksOf(hits.map(({ key }) => key));
    for (const [i, hit] of hits.entries()) {
      const { id: work, members = [] } = works[i] ?? {};
      if (work !== undefined && seen.has(work)) continue;
      if (work !== undefined) seen.add(work);
      const others = members.filter((member) => member !== hit.key);
      const copies = others.slice(0, MOST_COPIES);
      found.push({ ...hit, work, copies, moreCopies: others.length - copies.length });
    }
    offset += hits.length;
    if (hits.length < limit || rest.isCut) break;
  }
  const hasMore = found.length >= wanted;
  return {
    ...told,
    hits: found.slice(first, first + size),
    hasMore,
    isCutOff: !hasMore && offset >= DEEPEST_HIT && told.total > offset,
  };
}
