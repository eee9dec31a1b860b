export { DatestampIndex, type Member } from './datestamp-index.ts';
export { OaiRepository, type OaiRepositoryOptions } from './oai-repository.ts';
export { inLanguage, LANGUAGE_TAG, originSet, publishedIn, typeSet, withAccess } from './sets.ts';
export {
  EntryWriter,
  PublishedResources,
  ResourcePackage,
  ResourceSyncLog,
  type Bound,
  type ChangePart,
  type Part,
  type PlacedRow,
  type Snapshot,
} from './resource-sync/index.ts';
