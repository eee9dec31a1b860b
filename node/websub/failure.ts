import type { DistributionAnswer } from '../../protocols/websub/index.ts';
import { backOff, retryAfter } from '../../protocols/http/index.ts';
import { OutboundError } from '../outbound/index.ts';

const PAUSES = { firstPause: 30_000, longestPause: 6 * 3_600_000 };
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** Why a callback was not reached, or did not take what it was sent. */
export interface Failure {
  code: string;
  message: string;
  /** Milliseconds that it asked to wait. */
  retryAfter?: number;
}

/** What an answer means: all but 2xx is a failure, redirects too (WebSub, section 7). */
export function failureOf(
  { status, retryAfter: asked }: DistributionAnswer,
  now: number,
): Failure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const wait = retryAfter(asked, now);
  return {
    code: `HTTP_${status}`,
    message: `The callback answered with HTTP status ${status}.`,
    ...(wait !== undefined && { retryAfter: Math.min(wait, LONGEST_RETRY_AFTER_MS) }),
  };
}

export function failureOfError(error: unknown): Failure {
  if (error instanceof OutboundError) return { code: error.code, message: error.message };
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  return isLate
    ? { code: 'OUTBOUND_TIMEOUT', message: 'There was no answer in time.' }
    : { code: 'OUTBOUND_FAILED', message: `It broke off: ${String(error).slice(0, 300)}` };
}

/** Milliseconds until the next attempt. @param random from 0 up to 1 */
export function pauseAfter(attempts: number, failure: Failure, random: number): number {
  return Math.max(failure.retryAfter ?? 0, backOff(attempts, PAUSES, random));
}
