import { expect } from 'chai';
import {
  backOff,
  type Clock,
  exchange,
  exchangeWithRetries,
  type ExchangeOptions,
  type Failed,
  type Fetch,
  retryAfter,
  type RetryNotice,
} from '../../../protocols/http/index.ts';

const url = 'https://repository.example/oai';
const now = Date.UTC(2026, 0, 1);

class Failure extends Error {
  readonly how: Parameters<Failed<Failure>>[0];

  constructor(how: Parameters<Failed<Failure>>[0], what: string, options?: ErrorOptions) {
    super(what, options);
    this.how = how;
  }
}

const failed: Failed<Failure> = (how, what, options) => new Failure(how, what, options);

/** Passes pauses at once, and lets the time limits of requests never come. */
class Pauses implements Clock {
  readonly passed: number[] = [];

  now(): number {
    return now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds >= 1_000_000) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    else this.passed.push(milliseconds);
  }
}

interface Scripted {
  status?: number;
  headers?: Record<string, string>;
  body?: string[];
}

/** Gives the answers in their order, the last again and again; one that is an error is thrown. */
function answering(...answers: (Scripted | Error)[]): Fetch {
  return () => {
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (answer instanceof Error) return Promise.reject(answer);
    const { status = 200, headers = {}, body = [] } = answer;
    return Promise.resolve(
      new Response(ReadableStream.from(body.map((text) => Buffer.from(text))), {
        status,
        headers,
      }),
    );
  };
}

async function text({ body }: { body: AsyncIterable<Uint8Array> }): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function optionsFor(fetch: Fetch): ExchangeOptions<Failure> & { clock: Pauses } {
  const limits = { maxBytes: 10, answerWithin: 1_000_000, completeWithin: 2_000_000 };
  return { fetch, clock: new Pauses(), headers: {}, limits, failed };
}

describe('asking over HTTP', () => {
  it('gives the body out as far as the bound of bytes', async () => {
    expect(await exchange(url, optionsFor(answering({ body: ['12345', '67890'] })), text)).to.equal(
      '1234567890',
    );
    const error = await exchange(url, optionsFor(answering({ body: ['12345', '678901'] })), text).catch(
      (error: unknown) => error,
    );
    expect(error).to.include({ how: 'TOO_LARGE', message: `${url} answered with more than 10 bytes` });
  });

  it('tells why nobody answered, by the deepest cause', async () => {
    const cause = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    const error = await exchange(url, optionsFor(answering(cause)), text).catch((error: unknown) => error);
    expect(error).to.include({
      how: 'UNREACHABLE',
      message: `${url} cannot be reached: connect ECONNREFUSED`,
      cause,
    });
  });

  it('gives a request up that takes too long', async () => {
    const silent: Fetch = (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    const options = {
      ...optionsFor(silent),
      limits: { maxBytes: 10, answerWithin: 5, completeWithin: 1_000_000 },
    };
    const error = await exchange(url, options, text).catch((error: unknown) => error);
    expect(error).to.include({ how: 'TIMEOUT', message: `${url} took more than 0.005 s to begin answering` });
  });

  it('ends with the reason of whoever aborts it', async () => {
    const abort = new AbortController();
    const reason = new Error('the node stops');
    const fetch: Fetch = () => {
      abort.abort(reason);
      return Promise.reject(new Error('aborted'));
    };
    const options = { ...optionsFor(fetch), signal: abort.signal };
    expect(await exchange(url, options, text).catch((error: unknown) => error)).to.equal(reason);
  });

  describe('again', () => {
    const policy = { attempts: 3, firstPause: 1000, longestPause: 1500, longestRetryAfter: 60_000 };

    async function ask(fetch: Fetch): Promise<{ said: unknown; notices: number[]; pauses: number[] }> {
      const notices: RetryNotice<Failure>[] = [];
      const exchangeOptions = optionsFor(fetch);
      const said = await exchangeWithRetries(
        url,
        {
          ...exchangeOptions,
          policy,
          random: () => 0,
          onRetry: (notice) => notices.push(notice),
          again: (error, last): error is Failure => error instanceof Failure && !last,
        },
        async (answer, last) => {
          if (answer.status !== 200) throw failed('UNREACHABLE', `status ${answer.status}`);
          return `${await text(answer)}${last ? ', at last' : ''}`;
        },
      ).catch((error: unknown) => error);
      return {
        said,
        notices: notices.map(({ attempt }) => attempt),
        pauses: exchangeOptions.clock.passed,
      };
    }

    it('waits longer each time, and as long as it is told to', async () => {
      const busy = { status: 503, headers: { 'retry-after': '20' } };
      expect(await ask(answering(new Error('reset'), busy, { body: ['done'] }))).to.deep.equal({
        said: 'done, at last',
        notices: [1, 2],
        pauses: [1000, 20_000],
      });
    });

    it('ends with the last failure', async () => {
      const { said, notices } = await ask(answering({ status: 500 }));
      expect(said).to.include({ message: 'status 500' });
      expect(notices).to.deep.equal([1, 2]);
    });

    it('not before the time that it is told, where that is too long to wait', async () => {
      const { said, notices } = await ask(answering({ status: 429, headers: { 'retry-after': '61' } }));
      expect(said).to.include({ how: 'RETRY_LATER', message: `${url} asks to come back in 61 s` });
      expect(notices).to.deep.equal([]);
    });

    it('does not heed a Retry-After of an answer that will stay the same', async () => {
      const { said } = await ask(answering({ status: 404, headers: { 'retry-after': '61' } }));
      expect(said).to.include({ message: 'status 404' });
    });
  });

  it('reads Retry-After as RFC 9110 has it, and nothing else', () => {
    for (const [header, pause] of [
      ['0', 0],
      [' 120 ', 120_000],
      ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
      ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
      ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
      ['2026-01-01T00:00:30Z', undefined],
      ['soon', undefined],
      ['-5', undefined],
      ['1.5', undefined],
      ['12345678901', undefined],
      ['', undefined],
      [null, undefined],
      [undefined, undefined],
    ] as const) {
      expect(retryAfter(header, now), String(header)).to.equal(pause);
    }
  });

  it('doubles its pauses up to the longest, less up to a half by chance', () => {
    const pauses = { firstPause: 1000, longestPause: 5000 };
    expect([1, 2, 3, 4, 50].map((attempts) => backOff(attempts, pauses, 0))).to.deep.equal([
      1000, 2000, 4000, 5000, 5000,
    ]);
    expect(backOff(2, pauses, 0.5)).to.equal(1500);
  });
});
