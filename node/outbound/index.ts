export { OutboundError, type OutboundErrorCode } from './errors.ts';
export { guardedFetch, type Fetch, type GuardedFetchOptions } from './guarded-fetch.ts';
