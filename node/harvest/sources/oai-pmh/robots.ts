import robotsParser from 'robots-parser';
import { boundedGet } from '../../../../protocols/oai-pmh/index.ts';
import type { Problem } from '../../issue.ts';
import type { SourceParts } from '../source.ts';
import { problem } from './problems.ts';

/** Its types tell of a default export; what Node gives is the function itself. */
const parse = robotsParser as unknown as typeof robotsParser.default;

/** The product token of our user agent (RFC 9309, section 2.2.1). */
const PRODUCT = 'NGR-Node';
/** RFC 9309, section 2.5, wants at least as many bytes read. */
const limits = { maxBytes: 512 * 1024, answerWithin: 60_000, completeWithin: 60_000 };

/** Whether robots.txt closes an address; `undefined` where it does not, or cannot be read. */
export async function robotsProblem(
  url: string,
  { fetch, clock, signal }: Pick<SourceParts, 'fetch' | 'clock'> & { signal: AbortSignal },
): Promise<Problem | undefined> {
  const robots = new URL('/robots.txt', url).href;
  try {
    const { status, body } = await boundedGet(robots, { fetch, clock, limits, signal });
    if (status !== 200) return undefined;
    if (parse(robots, Buffer.from(body).toString()).isDisallowed(url, PRODUCT) !== true) return undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  return problem('OAI_ROBOTS', `${robots} forbids robots to read ${url}.`);
}
