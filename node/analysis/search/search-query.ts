import type { NodeId } from '../../../vocab/record.ts';

/** By what results can be narrowed, and what is counted of them. */
export const facetNames = ['origin', 'type', 'year', 'access', 'language', 'licence'] as const;
export type FacetName = (typeof facetNames)[number];

/** Only records with one of the values, in each facet for which there are some. */
export interface Filters {
  origin?: readonly NodeId[];
  /** COAR Resource Type URIs; narrower types pass, too. */
  type?: readonly string[];
  /** Years of publication, the first and the last of them. */
  from?: number;
  to?: number;
  /** `AccessRight`, by name. */
  access?: readonly string[];
  /** Main languages (`pt`, not `pt-BR`). */
  language?: readonly string[];
  /** Licences without version and jurisdiction (`licenceFamily`). */
  licence?: readonly string[];
}

export interface SearchQuery {
  /** Words, phrases and fields, see `parseQuery`. */
  query: string;
  limit: number;
  offset: number;
  filters?: Filters;
  /** By date of publication: what has none comes last, either way. Without it, by relevance. */
  order?: 'relevance' | 'newest' | 'oldest';
  /** Nothing is corrected: a word that is in no record is looked for nevertheless. */
  asWritten?: boolean;
  /** Whether facets are counted. */
  facets?: boolean;
}

/** By facet its values, the most frequent first. A facet counts as if it had no filter itself, so that one can change it. */
export type Facets = Record<FacetName, FacetCount[]>;

export interface FacetCount {
  value: string;
  count: number;
}

export interface SearchResult {
  /** All that match, exactly; where the search is cut, those that were found. */
  total: number;
  hits: { key: string; score: number }[];
  facets?: Facets;
  /** The query that was searched instead, where words of the query are in no record. */
  corrected?: string;
  /** The search took too long and was ended: this is part of the answer. */
  isCut?: true;
}
