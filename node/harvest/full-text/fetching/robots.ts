import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../clock.ts';
import { RobotsRules } from '../../robots-rules.ts';
import { FullTextError } from '../errors.ts';
import { boundedBody } from './bounded-body.ts';
import type { Hosts } from './hosts.ts';
import type { Answer, Requests } from './requests.ts';

/** As much as has to be read (RFC 9309, section 2.5). */
const MOST_BYTES = 500 * 1024;
const MOST_REDIRECTS = 5;
/** Rules are asked for anew after a day (RFC 9309, section 2.4). */
const KEPT_MS = 86_400_000;
const MOST_KEPT_BYTES = 16 * 1024 * 1024;
const PACE = { windowMs: 60_000, windows: 1, bytes: 0 };

interface Kept {
  rules: RobotsRules;
  until: number;
}

/** What hosts allow robots: their robots.txt by RFC 9309, and the crawl delay that many add to it. */
export class Robots {
  readonly #requests: Requests;
  readonly #hosts: Hosts;
  readonly #clock: Clock;
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: MOST_KEPT_BYTES,
    sizeCalculation: ({ rules }) => rules.size,
  });

  constructor(parts: { requests: Requests; hosts: Hosts; clock: Clock }) {
    this.#requests = parts.requests;
    this.#hosts = parts.hosts;
    this.#clock = parts.clock;
  }

  /**
   * @throws FullTextError `FULLTEXT_BLOCKED_BY_ROBOTS`; `FULLTEXT_ROBOTS_UNREACHABLE` where the rules cannot be had, which
   *   forbids everything until they can (RFC 9309, section 2.3.1.4)
   */
  async check(url: string, signal: AbortSignal): Promise<void> {
    const { origin } = new URL(url);
    const rules = await this.#rulesOf(origin, signal);
    this.#hosts.setDelay(origin, rules.crawlDelay);
    if (!rules.allows(url)) {
      throw new FullTextError('FULLTEXT_BLOCKED_BY_ROBOTS', `${origin}/robots.txt forbids ${url}.`);
    }
  }

  async #rulesOf(origin: string, signal: AbortSignal): Promise<RobotsRules> {
    const kept = this.#kept.get(origin);
    if (kept !== undefined && kept.until > this.#clock.now()) return kept.rules;
    return await this.#read(origin, signal);
  }

  async #read(origin: string, signal: AbortSignal): Promise<RobotsRules> {
    const address = `${origin}/robots.txt`;
    try {
      const rules = new RobotsRules(address, await this.#text(address, signal));
      this.#kept.set(origin, { rules, until: this.#clock.now() + KEPT_MS });
      return rules;
    } catch (cause) {
      if (!(cause instanceof FullTextError) || !unreachable.has(cause.code)) throw cause;
      throw new FullTextError('FULLTEXT_ROBOTS_UNREACHABLE', cause.message, { passing: true, cause });
    }
  }

  /** Redirects are followed to other hosts, too (RFC 9309, section 2.3.1.2); those that do not end count as no rules. */
  async #text(address: string, signal: AbortSignal): Promise<string> {
    let url = address;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const asked = await this.#requests.get(
        { url, headers: { accept: 'text/plain' }, pace: PACE },
        rulesIn,
        signal,
      );
      if ('value' in asked) return asked.value;
      if (!URL.canParse(asked.redirect, url)) return '';
      url = new URL(asked.redirect, url).href;
    }
    return '';
  }
}

/** A host whose name is unknown, or that only its certificate keeps us from, tells that itself. */
const unreachable: ReadonlySet<string> = new Set([
  'FULLTEXT_SERVER_ERROR',
  'FULLTEXT_UNREACHABLE',
  'FULLTEXT_TOO_SLOW',
]);

/** Whatever is unavailable by 4xx forbids nothing (RFC 9309, section 2.3.1.3). */
async function rulesIn(answer: Answer): Promise<string> {
  if (answer.status < 200 || answer.status >= 300) return '';
  return Buffer.from(await boundedBody(answer, MOST_BYTES, 'cut')).toString();
}
