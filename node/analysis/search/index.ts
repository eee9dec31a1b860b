export type { FullTextWords } from './document-batch.ts';
export { licenceFamily, mainLanguage } from './facet-values.ts';
export { highlighter, type Highlighter, type TextPiece } from './highlighter.ts';
export {
  facetNames,
  type FacetCount,
  type FacetName,
  type Facets,
  type Filters,
  type SearchQuery,
  type SearchResult,
} from './search-query.ts';
export { snippet } from './snippet.ts';
export { TextIndex } from './text-index.ts';
export type { SimilarItem } from './similar-items.ts';
