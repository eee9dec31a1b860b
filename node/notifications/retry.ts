import { backOff, retryAfter } from '../../protocols/http/index.ts';
import { LdnError, type DeliveryAnswer } from '../../protocols/ldn/index.ts';
import { OutboundError } from '../outbound/index.ts';

const PAUSES = { firstPause: 30_000, longestPause: 6 * 3_600_000 };
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** Why a delivery failed, and whether the next attempt may fare better. */
export interface Failure {
  code: string;
  message: string;
  mayPass: boolean;
  /** Milliseconds that the other side asked to wait. */
  retryAfter?: number;
}

/** What an inbox's answer means: undefined where it has taken the notification. */
export function failureOf(answer: DeliveryAnswer, now: number): Failure | undefined {
  const { status, said, location } = answer;
  if (status >= 200 && status < 300) return undefined;
  const moved =
    status >= 300 && status < 400 && location !== undefined ? ` It has moved to ${location}.` : '';
  const message = `The inbox answered with HTTP status ${status}.${moved}${said === undefined ? '' : ` ${said}`}`;
  const mayPass = status === 408 || status === 425 || status === 429 || status >= 500;
  const asked = retryAfter(answer.retryAfter, now);
  return {
    code: `HTTP_${status}`,
    message,
    mayPass,
    ...(asked !== undefined && { retryAfter: Math.min(asked, LONGEST_RETRY_AFTER_MS) }),
  };
}

/** Errors of an address that will not change by waiting. */
const lasting: ReadonlySet<string> = new Set([
  'OUTBOUND_BAD_URL',
  'OUTBOUND_PRIVATE_ADDRESS',
  'LDN_NO_INBOX',
]);

/** What an error on the way means. */
export function failureOfError(error: unknown): Failure {
  if (error instanceof OutboundError || error instanceof LdnError) {
    return { code: error.code, message: error.message, mayPass: !lasting.has(error.code) };
  }
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  return {
    code: isLate ? 'OUTBOUND_TIMEOUT' : 'OUTBOUND_FAILED',
    message: isLate ? 'There was no answer in time.' : `It broke off: ${String(error).slice(0, 300)}`,
    mayPass: true,
  };
}

/**
 * Milliseconds until the next attempt.
 * @param attempts those that were made
 * @param random from 0 up to 1
 */
export function pauseAfter(
  attempts: number,
  { retryAfter: asked = 0 }: Partial<Failure>,
  random: number,
): number {
  return Math.max(asked, backOff(attempts, PAUSES, random));
}
