import { ResourceSyncError, type ResourceSyncErrorCode } from './errors.ts';
import { type Answer, exchange, type ExchangeOptions } from './exchange.ts';

export interface RetryPolicy {
  /** Requests for one answer, the first included. */
  attempts: number;
  /** Milliseconds before the second request; each later pause is twice as long, less up to a half by chance. */
  firstPause: number;
  longestPause: number;
  /** The longest pause that a source may ask for by Retry-After. */
  longestRetryAfter: number;
}

export interface RetryOptions extends ExchangeOptions {
  policy: RetryPolicy;
  /** From 0 up to 1, for the jitter. */
  random: () => number;
  /** Told of each request that is made again. */
  onRetry: (url: string, reason: ResourceSyncError) => void;
  /** Takes in an answer whose status is no success, before it is thrown. */
  refusals?: ((answer: Answer) => Promise<void>) | undefined;
}

/** Failures that another attempt may not meet. */
const passing: ReadonlySet<ResourceSyncErrorCode> = new Set([
  'RESOURCESYNC_UNREACHABLE',
  'RESOURCESYNC_TIMEOUT',
] as const);

/**
 * GETs a representation and reads it, trying again after a pause where the failure may pass: no connection, one that
 * breaks off, no answer in time, 408, 429, 5xx; a Retry-After (RFC 9110, section 10.2.3) is waited for. Bytes that are not
 * those that the list tells of are fetched once more.
 */
export async function exchangeWithRetries<T>(
  url: string,
  options: RetryOptions,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { clock, policy, signal } = options;
  let mismatches = 0;
  for (let attempt = 1; ; attempt += 1) {
    let failure: ResourceSyncError;
    let asked: number | undefined;
    try {
      return await exchange(url, options, async (answer) => {
        if (answer.status >= 200 && answer.status < 300) return await read(answer);
        asked = mayPass(answer.status) ? retryAfter(answer.retryAfter, clock.now()) : undefined;
        await options.refusals?.(answer);
        throw statusError(answer);
      });
    } catch (error) {
      if (!(error instanceof ResourceSyncError)) throw error;
      failure = error;
    }
    const mismatch =
      failure.code === 'RESOURCESYNC_WRONG_HASH' || failure.code === 'RESOURCESYNC_WRONG_LENGTH';
    if (mismatch) mismatches += 1;
    const passes = passing.has(failure.code) || mayPass(Number(failure.details['status'] ?? 0));
    if (mismatch ? mismatches > 1 : !passes || attempt >= policy.attempts) throw failure;
    if (asked !== undefined && asked > policy.longestRetryAfter) {
      throw new ResourceSyncError(
        'RESOURCESYNC_RETRY_LATER',
        `${url} asks to come back in ${Math.ceil(asked / 1000)} s.`,
        { details: { retryAfter: asked }, cause: failure },
      );
    }
    options.onRetry(url, failure);
    const pause = Math.min(policy.firstPause * 2 ** (attempt - 1), policy.longestPause);
    await clock.sleep(Math.max(asked ?? 0, Math.round(pause * (1 - options.random() / 2))), signal);
    signal?.throwIfAborted();
  }
}

function mayPass(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function statusError({ url, status }: Answer): ResourceSyncError {
  return new ResourceSyncError('RESOURCESYNC_HTTP_STATUS', `${url} answered with HTTP status ${status}.`, {
    details: { status },
  });
}

/** Milliseconds to wait by a Retry-After header, in seconds or as a date. */
function retryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only the forms of HTTP-date begin with a day's name; Date.parse would take much else.
  const at = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
