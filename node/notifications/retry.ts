import { OutboundError } from '../outbound/index.ts';
import { LdnError, type DeliveryAnswer } from '../../protocols/ldn/index.ts';

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
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
  const { status, said, location, retryAfter } = answer;
  if (status >= 200 && status < 300) return undefined;
  const moved =
    status >= 300 && status < 400 && location !== undefined ? ` It has moved to ${location}.` : '';
  const message = `The inbox answered with HTTP status ${status}.${moved}${said === undefined ? '' : ` ${said}`}`;
  const mayPass = status === 408 || status === 425 || status === 429 || status >= 500;
  const asked = retryAfter === undefined ? undefined : millisecondsOf(retryAfter, now);
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
 * Milliseconds until the next attempt: twice as many each time, less up to a half by chance, so that what failed together
 * is not tried together.
 * @param attempts those that were made
 * @param random from 0 up to 1
 */
export function pauseAfter(attempts: number, { retryAfter = 0 }: Partial<Failure>, random: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return Math.max(retryAfter, Math.round(pause * (1 - random / 2)));
}

/** `Retry-After` (RFC 9110, section 10.2.3), in seconds or as a date. */
function millisecondsOf(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1_000;
  const at = /^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
