import type { Clock } from '../../../clock.ts';
import type { Fetch } from '../../../outbound/index.ts';
import { FullTextError } from '../errors.ts';
import { Hosts } from './hosts.ts';
import { Requests, type Answer, type Ask } from './requests.ts';
import { Robots } from './robots.ts';

const MOST_REDIRECTS = 5;
/** Characters of an address; what it costs to look it up in the rules of a robots.txt grows with them. */
const LONGEST_ADDRESS = 2_000;

/** GETs what hosts let robots have, one request at a time at each, and follows redirects by the same rules. */
export class PoliteClient {
  readonly #requests: Requests;
  readonly #robots: Robots;
  readonly #hosts: Hosts;

  constructor({ fetch, clock, userAgent }: { fetch: Fetch; clock: Clock; userAgent: string }) {
    this.#hosts = new Hosts({ clock });
    this.#requests = new Requests({ fetch, clock, hosts: this.#hosts, userAgent });
    this.#robots = new Robots({ requests: this.#requests, hosts: this.#hosts, clock });
  }

  /** When the host of an address may be asked again, milliseconds since 1970. */
  readyAt(origin: string): number {
    return this.#hosts.readyAt(origin);
  }

  /**
   * @param read takes what it needs of the answer, whatever its status
   * @throws FullTextError, HostPaused, what `read` throws, or the signal's reason
   */
  async get<T>(ask: Ask, read: (answer: Answer) => Promise<T>, signal: AbortSignal): Promise<T> {
    let { url } = ask;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      await this.#robots.check(url, signal);
      const asked = await this.#requests.get({ ...ask, url }, read, signal);
      if ('value' in asked) return asked.value;
      url = webAddress(asked.redirect, url);
    }
    throw new FullTextError('FULLTEXT_UNREACHABLE', `${ask.url} sends on more than ${MOST_REDIRECTS} times.`);
  }
}

/**
 * An address of the web, absolute.
 * @throws FullTextError `FULLTEXT_BAD_LINK`
 */
export function webAddress(address: string, base?: string): string {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    const shown = address.length > 300 ? `${address.slice(0, 300)}…` : address;
    throw new FullTextError('FULLTEXT_BAD_LINK', `“${shown}” is no address of the web.`);
  }
  url.hash = '';
  if (url.href.length <= LONGEST_ADDRESS) return url.href;
  const detail = `${url.href.slice(0, 300)}… has more than ${LONGEST_ADDRESS} characters.`;
  throw new FullTextError('FULLTEXT_BAD_LINK', detail);
}
