import { exchangeWithRetries, mayPass, type RetryOptions } from '../http/index.ts';
import { OaiError } from './errors.ts';
import { collected, failed, headers, type HttpAnswer } from './exchange.ts';

/**
 * GETs an answer and reads it, trying again after a pause where the failure may pass: no connection, no answer in time,
 * 408, 425, 429, 5xx, an empty or truncated page. 503 and 429 with Retry-After (OAI-PMH 2.0, section 3.1.2.2) are waited for
 * as long as they say, within the policy.
 *
 * @param read reads an answer of status 200, or one of 4xx that may hold an OAI-PMH error. What it throws with a code
 *   that may pass is tried again too. `last` tells it that nothing better will come.
 */
export async function getWithRetries<T>(
  url: string,
  read: (answer: HttpAnswer, last: boolean) => T,
  options: Omit<RetryOptions<OaiError>, 'headers' | 'failed' | 'again'>,
): Promise<T> {
  return await exchangeWithRetries(url, { ...options, headers, failed, again }, async (coming, last) => {
    const answer = await collected(coming, options.clock);
    if (mayPass(answer.status)) throw statusError(url, answer);
    return read(answer, last);
  });
}

/** Failures that another attempt may not meet. */
const passing: ReadonlySet<string> = new Set([
  'OAI_UNREACHABLE',
  'OAI_TIMEOUT',
  'OAI_EMPTY',
  'OAI_TRUNCATED',
]);

function again(error: unknown, last: boolean): error is OaiError {
  if (last || !(error instanceof OaiError)) return false;
  return passing.has(error.code) || mayPass(Number(error.details['status'] ?? 0));
}

/** The status as an error, for an answer that holds nothing better. */
export function statusError(url: string, { status }: Pick<HttpAnswer, 'status'>): OaiError {
  return new OaiError('OAI_HTTP_STATUS', `${url} answered with HTTP status ${status}`, {
    details: { status },
  });
}
