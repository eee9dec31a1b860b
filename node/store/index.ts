export { compact } from './compact.ts';
export { makeDirectory } from './directory.ts';
export { StoreError } from './errors.ts';
export { numberKey, numberOfKey } from './number-keys.ts';
export { openError, openStore, type Database, type Operation, type Section, type Store } from './store.ts';
export { writeBatch } from './write-batch.ts';
export { WriteQueue } from './write-queue.ts';
