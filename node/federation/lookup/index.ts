export { Lookups, type LookedUpCopy } from './lookups.ts';
export { WorkKeyIndex } from './work-key-index.ts';
