export { Citations, type CitationCounts, type Paging } from './citations.ts';
export { DoiTitles, StoredTitles } from './doi-titles.ts';
export type { CitedWork } from './graph.ts';
export type { CitationNeighbour } from './neighbours.ts';
