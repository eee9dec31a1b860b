import { backOff, mayPass, retryAfter } from '../../protocols/http/index.ts';
import { OutboundError } from './errors.ts';

const PAUSES = { firstPause: 30_000, longestPause: 6 * 3_600_000 };
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** Why something was not delivered, and whether the next attempt may fare better. */
export interface DeliveryFailure {
  code: string;
  message: string;
  mayPass: boolean;
  /** Milliseconds that the receiver asked to wait. */
  retryAfter?: number;
}

/**
 * What a receiver's answer means: undefined where it has taken what was sent, as any 2xx says.
 * @param receiver what it is, for the message: `inbox`, `callback`
 */
export function failureOfAnswer(
  { status, retryAfter: header }: { status: number; retryAfter?: string },
  { receiver, now }: { receiver: string; now: number },
): DeliveryFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const asked = retryAfter(header, now);
  return {
    code: `HTTP_${status}`,
    message: `The ${receiver} answered with HTTP status ${status}.`,
    mayPass: mayPass(status),
    ...(asked !== undefined && { retryAfter: Math.min(asked, LONGEST_RETRY_AFTER_MS) }),
  };
}

/** Errors of an address that will not change by waiting. */
const lasting: ReadonlySet<string> = new Set(['OUTBOUND_BAD_URL', 'OUTBOUND_PRIVATE_ADDRESS']);

/** What it means that there was no answer. */
export function failureOfError(error: unknown): DeliveryFailure {
  if (error instanceof OutboundError) {
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
 * Milliseconds until the next attempt: from half a minute on, each time twice as many up to six hours, and no fewer than the
 * receiver asked for.
 * @param attempts those that were made
 * @param random from 0 up to 1
 */
export function pauseAfter(
  attempts: number,
  { retryAfter: asked = 0 }: Pick<DeliveryFailure, 'retryAfter'>,
  random: number,
): number {
  return Math.max(asked, backOff(attempts, PAUSES, random));
}
