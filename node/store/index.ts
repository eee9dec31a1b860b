export { compact } from './compact.ts';
export { copyStore, type CopyProgress, type StoreCopy } from './copy.ts';
export { makeDirectory } from './directory.ts';
export { StoreError } from './errors.ts';
export { bringToFormat, FORMAT, formatOf, type MigrationProgress } from './format.ts';
export { inspectStore } from './inspect.ts';
export { numberKey, numberOfKey } from './number-keys.ts';
export { inSchema, isPostgresUrl, postgresAddress, type Holder } from './postgres/index.ts';
export {
  openError,
  openStore,
  openStoreToRead,
  type Database,
  type Operation,
  type OpenOptions,
  type ReadStore,
  type Section,
  type Store,
} from './store.ts';
export { writeBatch } from './write-batch.ts';
export { WriteQueue } from './write-queue.ts';
