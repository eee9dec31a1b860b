/** ResourceSync (ANSI/NISO Z39.99-2017): its documents, writing them in a stream, reading them, and a Destination's client. */
export {
  ResourceSyncClient,
  type ClientLimits,
  type Resource,
  type ResourceSyncClientOptions,
} from './client.ts';
export { timeSpan, type TimeSpan } from './datetime.ts';
export {
  CAPABILITIES,
  MAX_ENTRIES,
  w3cDatetime,
  type Capability,
  type DocumentHead,
  type Entry,
  type Hashes,
  type Link,
  type Metadata,
  type ResourceChange,
  type SyncDocument,
} from './documents.ts';
export { ResourceSyncError, type ResourceSyncErrorCode } from './errors.ts';
export { findSets, type FoundSets, type ListCapability, type SyncSet } from './find-sets.ts';
export { sha256Of } from './fixity.ts';
export { fetchedTogether, ON_DEMAND_DUMP, type OnDemandOptions, type WithResource } from './on-demand.ts';
export type { Package } from './package.ts';
export { parseDocument } from './parse.ts';
export {
  capabilityList,
  changeDump,
  changeDumpManifest,
  changeList,
  changeListIndex,
  changeNotification,
  frameworkNotification,
  resourceDump,
  resourceDumpManifest,
  resourceList,
  resourceListIndex,
  sourceDescription,
  type Interval,
} from './source.ts';
export type { StoredDocument } from './stored-document.ts';
export { streamDocument, writeDocument } from './write.ts';
export {
  directoryEnd,
  directoryEntry,
  directoryEntryLength,
  memberHeader,
  memberLength,
  zipLength,
  type ZipMember,
} from './zip-file.ts';
