/** Asking the servers of others over HTTP: bounded in bytes and time, and politely again where a failure may pass. */
export {
  exchange,
  type Answer,
  type Clock,
  type ExchangeLimits,
  type ExchangeOptions,
  type Failed,
  type Fetch,
} from './exchange.ts';
export { request, textOf, type RequestFetch, type RequestOptions } from './request.ts';
export { backOff, retryAfter, type BackOff } from './pauses.ts';
export {
  exchangeWithRetries,
  mayPass,
  type RetryNotice,
  type RetryOptions,
  type RetryPolicy,
} from './retry.ts';
export { readTraceParent, type TraceParent } from './trace-context.ts';
