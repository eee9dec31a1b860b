export { Duplicates } from './duplicates.ts';
export { measureDuplicates } from './metrics.ts';
export type { Work } from './membership.ts';
export type { Says, Statements } from './statements.ts';
export type { Evidence, Why } from './why.ts';
export { StoredWorks } from './stored-works.ts';
