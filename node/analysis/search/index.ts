export type { FullTextWords } from './document-batch.ts';
export { TextIndex, type SearchQuery, type SearchResult, type SimilarItem } from './text-index.ts';
