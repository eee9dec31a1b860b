import { retryAfter } from '../../../../protocols/http/index.ts';
import type { Clock } from '../../../clock.ts';
import { OutboundError, type Fetch, type OutboundErrorCode } from '../../../outbound/index.ts';
import { FullTextError, HostPaused, type FullTextCode } from '../errors.ts';
import type { Hosts } from './hosts.ts';
import { paced, type Pace } from './pace.ts';

/** Pauses before the second and third attempt. */
const RETRY_PAUSES_MS = [5_000, 20_000];
/** A longer Retry-After is not waited for: the host is left alone, and the file's turn comes again. */
const LONGEST_WAIT_MS = 60_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface Ask {
  url: string;
  headers: Readonly<Record<string, string>>;
  pace: Pace;
}

export interface Answer {
  /** Where it came from, after redirects. */
  url: string;
  status: number;
  headers: Headers;
  /** Its pieces, each of them counted for its pace. */
  body: AsyncIterable<Uint8Array>;
}

/** What was asked for, or where it is to be asked for instead. */
export type Asked<T> = { value: T } | { redirect: string };

/**
 * Asks other hosts, politely, and again where a failure may pass. A redirect is given back, so that the rules of the next
 * host can be looked at first.
 */
export class Requests {
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  readonly #hosts: Hosts;
  readonly #userAgent: string;

  constructor(parts: { fetch: Fetch; clock: Clock; hosts: Hosts; userAgent: string }) {
    this.#fetch = parts.fetch;
    this.#clock = parts.clock;
    this.#hosts = parts.hosts;
    this.#userAgent = parts.userAgent;
  }

  /**
   * GETs an address.
   *
   * @param read takes what it needs of the answer, of any status but those that may pass; the host's next request waits
   *   for it
   * @throws FullTextError, HostPaused, what `read` throws, or the signal's reason
   */
  async get<T>(ask: Ask, read: (answer: Answer) => Promise<T>, signal: AbortSignal): Promise<Asked<T>> {
    const { origin } = new URL(ask.url);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const asked = await this.#hosts.turn(origin, signal, () => this.#once(ask, read, signal));
        this.#hosts.answered(origin);
        return asked;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Unavailable)) throw error;
        const pause = RETRY_PAUSES_MS[attempt];
        const wait = Math.max(error.retryAfter ?? 0, pause ?? 0);
        if (wait > LONGEST_WAIT_MS) {
          this.#hosts.pause(origin, this.#clock.now() + wait);
          throw new HostPaused(origin, this.#hosts.readyAt(origin), error.failure);
        }
        if (pause === undefined) {
          this.#hosts.failed(origin);
          throw error.failure;
        }
        await this.#clock.sleep(wait, signal);
      }
    }
  }

  async #once<T>(
    { url, headers, pace }: Ask,
    read: (answer: Answer) => Promise<T>,
    signal: AbortSignal,
  ): Promise<Asked<T>> {
    return await paced(url, { pace, clock: this.#clock, signal }, async (exchange, count) => {
      const response = await this.#answer(url, headers, exchange);
      const location = response.headers.get('location');
      if (REDIRECTS.has(response.status) && location !== null) return { redirect: location };
      if (mayPass(response.status)) {
        throw new Unavailable(
          new FullTextError('FULLTEXT_SERVER_ERROR', `${url} answers with HTTP status ${response.status}.`, {
            passing: true,
          }),
          retryAfter(response.headers.get('retry-after'), this.#clock.now()),
        );
      }
      return {
        value: await read({
          // A `fetch` that follows redirects by itself tells where it ended.
          url: response.url === '' ? url : response.url,
          status: response.status,
          headers: response.headers,
          body: counted(url, response.body, count),
        }),
      };
    });
  }

  async #answer(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response> {
    try {
      return await this.#fetch(url, {
        headers: { 'user-agent': this.#userAgent, ...headers },
        redirect: 'manual',
        signal,
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw notReached(url, error);
    }
  }
}

/** A failure that another attempt may not meet. */
class Unavailable extends Error {
  readonly failure: FullTextError;
  readonly retryAfter: number | undefined;

  constructor(failure: FullTextError, retryAfter?: number) {
    super(failure.message);
    this.failure = failure;
    this.retryAfter = retryAfter;
  }
}

async function* counted(
  url: string,
  body: Response['body'],
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  for (;;) {
    const next = await pieces.next().catch((cause: unknown) => {
      throw brokenOff(url, cause);
    });
    if (next.done === true) return;
    count(next.value.byteLength);
    yield next.value;
  }
}

function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** What an address that cannot be reached means, by the code of the request. The others may pass. */
const lasting: Partial<Record<OutboundErrorCode, FullTextCode>> = {
  OUTBOUND_BAD_URL: 'FULLTEXT_BAD_LINK',
  OUTBOUND_PRIVATE_ADDRESS: 'FULLTEXT_PRIVATE_ADDRESS',
  OUTBOUND_TOO_MANY_REDIRECTS: 'FULLTEXT_UNREACHABLE',
};
/** These may be mended without a word, but not by asking again at once. */
const rarelyPassing: Partial<Record<OutboundErrorCode, FullTextCode>> = {
  OUTBOUND_UNKNOWN_HOST: 'FULLTEXT_UNKNOWN_HOST',
  OUTBOUND_CERTIFICATE: 'FULLTEXT_CERTIFICATE',
};

function notReached(url: string, cause: unknown): Error {
  if (!(cause instanceof OutboundError)) return brokenOff(url, cause);
  const { code, message } = cause;
  // No answer from the name servers is another thing than their answer that there is no such name.
  const asked = !message.includes('EAI_AGAIN');
  const [never, rarely] = [lasting[code], asked ? rarelyPassing[code] : undefined];
  if (never !== undefined) return new FullTextError(never, message, { cause });
  if (rarely !== undefined) return new FullTextError(rarely, message, { passing: true, cause });
  return new Unavailable(new FullTextError('FULLTEXT_UNREACHABLE', message, { passing: true, cause }));
}

function brokenOff(url: string, cause: unknown): Unavailable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${url} broke off: ${reason}.`;
  return new Unavailable(new FullTextError('FULLTEXT_UNREACHABLE', message, { passing: true, cause }));
}
