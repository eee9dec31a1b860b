export { OutboundError, type OutboundErrorCode } from './errors.ts';
export { hostOf, OnePerHost } from './one-per-host.ts';
export { WakefulLoop } from './wakeful-loop.ts';
export { isPublicAddress, isPublicHost } from './public-address.ts';
export { guardedFetch, type Fetch, type GuardedFetchOptions } from './guarded-fetch.ts';
