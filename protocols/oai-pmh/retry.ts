import { type Clock, type ExchangeLimits, type Fetch, get, type HttpAnswer } from './exchange.ts';
import { OaiError } from './errors.ts';

export interface RetryPolicy {
  /** Requests for one answer, the first included. */
  attempts: number;
  /** Milliseconds before the second request; each later pause is twice as long, less up to a half by chance. */
  firstPause: number;
  longestPause: number;
  /** The longest pause that a source may ask for by Retry-After. */
  longestRetryAfter: number;
}

/** A request that has to be made again. */
export interface RetryNotice {
  url: string;
  /** The attempt that failed, from 1. */
  attempt: number;
  pause: number;
  reason: OaiError;
}

export interface RetryOptions {
  fetch: Fetch;
  clock: Clock;
  /** From 0 up to 1, for the jitter. */
  random: () => number;
  limits: ExchangeLimits;
  policy: RetryPolicy;
  onRetry: (notice: RetryNotice) => void;
  signal?: AbortSignal;
}

/**
 * GETs an answer and reads it, trying again after a pause where the failure may pass: no connection, no answer in time,
 * 408, 429, 5xx, an empty or truncated page. 503 and 429 with Retry-After (RFC 9110, section 10.2.3; OAI-PMH 2.0,
 * section 3.1.2.2) are waited for as long as they say, within the policy.
 *
 * @param read reads an answer of status 200, or one of 4xx that may hold an OAI-PMH error. What it throws with a code
 *   that may pass is tried again too. `last` tells it that nothing better will come.
 */
export async function getWithRetries<T>(
  url: string,
  read: (answer: HttpAnswer, last: boolean) => T,
  options: RetryOptions,
): Promise<T> {
  const { clock, policy, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= policy.attempts;
    let failure: OaiError;
    let asked: number | undefined;
    try {
      const answer = await get(url, options);
      if (!mayPass(answer.status)) return read(answer, last);
      failure = statusError(url, answer);
      asked = retryAfter(answer.retryAfter, clock.now());
    } catch (error) {
      if (!(error instanceof OaiError) || !passing.has(error.code)) throw error;
      failure = error;
    }
    if (asked !== undefined && asked > policy.longestRetryAfter) {
      throw new OaiError('OAI_RETRY_LATER', `${url} asks to come back in ${Math.ceil(asked / 1000)} s`, {
        details: { retryAfter: asked },
        cause: failure,
      });
    }
    if (last) throw failure;
    const pause = Math.max(asked ?? 0, backOff(attempt, policy, options.random));
    options.onRetry({ url, attempt, pause, reason: failure });
    await clock.sleep(pause, signal);
    signal?.throwIfAborted();
  }
}

/** Failures that another attempt may not meet. */
const passing: ReadonlySet<string> = new Set([
  'OAI_UNREACHABLE',
  'OAI_TIMEOUT',
  'OAI_EMPTY',
  'OAI_TRUNCATED',
]);

function mayPass(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The status as an error, for an answer that holds nothing better. */
export function statusError(url: string, { status }: HttpAnswer): OaiError {
  return new OaiError('OAI_HTTP_STATUS', `${url} answered with HTTP status ${status}`, {
    details: { status },
  });
}

function backOff(attempt: number, policy: RetryPolicy, random: () => number): number {
  const pause = Math.min(policy.firstPause * 2 ** (attempt - 1), policy.longestPause);
  return Math.round(pause * (1 - random() / 2));
}

/** Milliseconds to wait by a Retry-After header, in seconds or as a date; `undefined` where there is none to read. */
export function retryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only the forms of HTTP-date begin with a day's name; Date.parse would take much else.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
