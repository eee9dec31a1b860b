import {
  type Answer,
  type Clock,
  exchange,
  type ExchangeLimits,
  type Failed,
  type Fetch,
} from '../http/index.ts';
import { OaiError } from './errors.ts';

/** An answer with as much of its body as came. */
export interface HttpAnswer extends Pick<Answer, 'status' | 'contentType' | 'answeredBy'> {
  body: Uint8Array;
  /** Milliseconds from the request to the end of the body. */
  took: number;
  /** Why the body broke off before its end. */
  brokenOff?: OaiError;
}

/** What every request of a harvester says. */
export const headers = { accept: 'text/xml, application/xml;q=0.9, */*;q=0.5' };

export const failed: Failed<OaiError> = (how, what, options) => new OaiError(`OAI_${how}`, what, options);

/**
 * One GET, bounded in bytes and time: a body is never held beyond `maxBytes`.
 *
 * @throws OaiError `OAI_UNREACHABLE`, `OAI_TIMEOUT`, `OAI_TOO_LARGE`
 * @throws the signal's reason, when it aborts
 */
export async function get(
  url: string,
  options: { fetch: Fetch; clock: Clock; limits: ExchangeLimits; signal?: AbortSignal },
): Promise<HttpAnswer> {
  return await exchange(url, { ...options, headers, failed }, (answer) => collected(answer, options.clock));
}

/** Takes an answer in. One that breaks off is kept as far as it came. */
export async function collected(answer: Answer, clock: Clock): Promise<HttpAnswer> {
  const { status, contentType, answeredBy, askedAt } = answer;
  const chunks: Uint8Array[] = [];
  let brokenOff: OaiError | undefined;
  try {
    for await (const chunk of answer.body) chunks.push(chunk);
  } catch (error) {
    if (!(error instanceof OaiError) || error.code === 'OAI_TOO_LARGE') throw error;
    brokenOff = error;
  }
  const body = Buffer.concat(chunks);
  const took = clock.now() - askedAt;
  return { status, contentType, answeredBy, body, took, ...(brokenOff !== undefined && { brokenOff }) };
}
