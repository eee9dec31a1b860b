import { OaiError } from './errors.ts';

/** Time as the client needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after a time; resolves or rejects at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What the client needs of `fetch`; the global one and undici's fit. It must follow redirects, and says where they led. */
export type Fetch = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal },
) => Promise<{
  status: number;
  url?: string;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
}>;

export interface ExchangeLimits {
  /** Bytes of a body, after decompression. */
  maxBytes: number;
  /** Milliseconds until the status line and headers are there. */
  answerWithin: number;
  /** Milliseconds until the body has ended. */
  completeWithin: number;
}

export interface HttpAnswer {
  status: number;
  contentType: string | null;
  retryAfter: string | null;
  body: Uint8Array;
  /** The address that answered, behind any redirects. */
  answeredBy: string;
  /** Milliseconds from the request to the end of the body. */
  took: number;
  /** Why the body broke off before its end. */
  brokenOff?: OaiError;
}

/**
 * One GET, bounded in bytes and time: a body is never held beyond `maxBytes`.
 *
 * @throws OaiError `OAI_UNREACHABLE`, `OAI_TIMEOUT`, `OAI_TOO_LARGE`
 * @throws the signal's reason, when it aborts
 */
export async function get(
  url: string,
  {
    fetch,
    clock,
    limits,
    signal,
  }: { fetch: Fetch; clock: Clock; limits: ExchangeLimits; signal?: AbortSignal },
): Promise<HttpAnswer> {
  signal?.throwIfAborted();
  const askedAt = clock.now();
  const request = new AbortController();
  const abandon = (): void => request.abort(signal?.reason);
  signal?.addEventListener('abort', abandon, { once: true });
  const answerTimer = deadline(limits.answerWithin, 'to begin answering');
  const completeTimer = deadline(limits.completeWithin, 'to answer in full');
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/xml, application/xml;q=0.9, */*;q=0.5' },
      signal: request.signal,
    });
    answerTimer.abort();
    const answer: HttpAnswer = {
      status: response.status,
      contentType: response.headers.get('content-type'),
      retryAfter: response.headers.get('retry-after'),
      body: new Uint8Array(),
      answeredBy: response.url === undefined || response.url === '' ? url : response.url,
      took: 0,
    };
    const chunks: Uint8Array[] = [];
    try {
      if (response.body !== null) await collect(response.body, chunks);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'OAI_TOO_LARGE') throw failure;
      answer.brokenOff = failure;
    }
    answer.body = Buffer.concat(chunks);
    answer.took = clock.now() - askedAt;
    return answer;
  } catch (error) {
    throw failureOf(error);
  } finally {
    answerTimer.abort();
    completeTimer.abort();
    signal?.removeEventListener('abort', abandon);
    // Whatever is left of the exchange is given up: an answer that was refused must not go on arriving.
    request.abort();
  }

  /** Gives the request up after a time, unless what is returned is aborted before. */
  function deadline(milliseconds: number, what: string): AbortController {
    const cancelled = new AbortController();
    const expire = (): void => {
      if (cancelled.signal.aborted) return;
      request.abort(new OaiError('OAI_TIMEOUT', `${url} took more than ${milliseconds / 1000} s ${what}`));
    };
    clock.sleep(milliseconds, cancelled.signal).then(expire, () => undefined);
    return cancelled;
  }

  async function collect(body: AsyncIterable<Uint8Array>, chunks: Uint8Array[]): Promise<void> {
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > limits.maxBytes) {
        throw new OaiError('OAI_TOO_LARGE', `${url} answered with more than ${limits.maxBytes} bytes`);
      }
      chunks.push(chunk);
    }
  }

  /** The caller's own abort goes through as it is; all else becomes an `OaiError`. */
  function failureOf(error: unknown): OaiError {
    if (signal?.aborted === true) throw signal.reason;
    if (error instanceof OaiError) return error;
    if (request.signal.reason instanceof OaiError) return request.signal.reason;
    return new OaiError('OAI_UNREACHABLE', `${url} cannot be reached: ${reasonOf(error)}`, { cause: error });
  }
}

/** fetch says "fetch failed"; why stands in its causes. */
function reasonOf(error: unknown): string {
  let deepest = error;
  for (let depth = 0; depth < 5 && deepest instanceof Error && deepest.cause !== undefined; depth += 1) {
    deepest = deepest.cause;
  }
  return deepest instanceof Error && deepest.message !== '' ? deepest.message : String(error);
}
