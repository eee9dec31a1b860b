export type { FullTextWords } from './document-batch.ts';
export { licenceFamily, mainLanguage } from './documents/facet-values.ts';
export { highlighter, type Highlighter, type TextPiece } from './query/highlighter.ts';
export {
  facetNames,
  type FacetCount,
  type FacetName,
  type Facets,
  type Filters,
  type SearchQuery,
  type SearchResult,
} from './search-query.ts';
export { snippet } from './query/snippet.ts';
export { TextIndex } from './text-index.ts';
export type { SimilarItem } from './similar/similar-items.ts';
