import { exchange, type Answer, type ExchangeOptions } from './exchange.ts';
import { backOff, retryAfter, type BackOff } from './pauses.ts';

export interface RetryPolicy extends BackOff {
  /** Requests for one answer, the first included. */
  attempts: number;
  /** The longest pause that a source may ask for by Retry-After. */
  longestRetryAfter: number;
}

/** A request that has to be made again. */
export interface RetryNotice<E extends Error> {
  url: string;
  /** The attempt that failed, from 1. */
  attempt: number;
  pause: number;
  reason: E;
}

export interface RetryOptions<E extends Error> extends ExchangeOptions<E> {
  policy: RetryPolicy;
  /** From 0 up to 1, for the jitter. */
  random: () => number;
  onRetry: (notice: RetryNotice<E>) => void;
  /** Whether to try again after a failure. `last`: the policy allows no further attempt. */
  again: (error: unknown, last: boolean) => error is E;
}

/**
 * GETs an answer and reads it, trying again after a pause where the failure may pass. A Retry-After (RFC 9110, section
 * 10.2.3) of a status that may pass is waited for, within the policy.
 *
 * @param read throws what an answer lacks. `last` tells it that nothing better will come.
 * @throws `RETRY_LATER` as `failed` makes it; otherwise as `exchange`
 */
export async function exchangeWithRetries<T, E extends Error>(
  url: string,
  options: RetryOptions<E>,
  read: (answer: Answer, last: boolean) => Promise<T>,
): Promise<T> {
  const { clock, policy, random, failed, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= policy.attempts;
    let asked: number | undefined;
    let pause: number;
    try {
      return await exchange(url, options, (answer) => {
        asked = mayPass(answer.status) ? retryAfter(answer.retryAfter, clock.now()) : undefined;
        return read(answer, last);
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (asked !== undefined && asked > policy.longestRetryAfter) {
        const details = { retryAfter: asked };
        const what = `${url} asks to come back in ${Math.ceil(asked / 1000)} s`;
        throw failed('RETRY_LATER', what, { details, cause: error });
      }
      if (!options.again(error, last)) throw error;
      pause = Math.max(asked ?? 0, backOff(attempt, policy, random()));
      options.onRetry({ url, attempt, pause, reason: error });
    }
    await clock.sleep(pause, signal);
    signal?.throwIfAborted();
  }
}

/** Whether a status may be another one at the next attempt: 408, 425, 429, 5xx. */
export function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}
