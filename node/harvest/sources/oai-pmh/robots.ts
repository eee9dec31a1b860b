import { boundedGet } from '../../../../protocols/oai-pmh/index.ts';
import type { Problem } from '../../issues/issue.ts';
import { RobotsRules } from '../../robots-rules.ts';
import type { SourceParts } from '../source.ts';
import { problem } from './problems.ts';

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
    if (new RobotsRules(robots, Buffer.from(body).toString()).allows(url)) return undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  return problem('OAI_ROBOTS', `${robots} forbids robots to read ${url}.`);
}
