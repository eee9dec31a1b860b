export { TextIndex, type SearchQuery, type SearchResult, type SimilarItem } from './text-index.ts';
