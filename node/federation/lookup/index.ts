export { Lookups, type LookedUpCopy, type LookupsOptions, type OtherNodes } from './lookups.ts';
export { WorkKeyIndex } from './work-key-index.ts';
