/** ResourceSync (ANSI/NISO Z39.99-2017): its documents, writing them in a stream, and reading them. */
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
export { ResourceSyncError } from './errors.ts';
export { parseDocument } from './parse.ts';
export {
  capabilityList,
  changeList,
  changeListIndex,
  resourceList,
  resourceListIndex,
  resourceSyncLink,
  sourceDescription,
  type Interval,
} from './source.ts';
export { streamDocument, writeDocument } from './write.ts';
