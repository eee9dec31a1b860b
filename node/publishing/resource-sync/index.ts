/** What ResourceSync tells of the node's own records: a reader of the log, and what it has to give. */
export { EntryWriter } from './entries.ts';
export type { Block, PlacedRow } from './layout.ts';
export { ResourcePackage } from './package.ts';
export type { Bound, ChangePart, Part } from './parts.ts';
export { PublishedResources, type Snapshot } from './published-resources.ts';
export { ResourceSyncLog } from './sync-log.ts';
