/** Time as a client needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after a time; resolves or rejects at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What a client needs of `fetch`; the global one and undici's fit. It must follow redirects, and says where they led. */
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

/**
 * Makes a failure an error of the protocol that is spoken.
 *
 * @param how no answer, or one that broke off; none in time; too many bytes; a wish to be left alone for longer than is
 *   waited. Protocols have it at the end of their codes.
 * @param what the failure as a sentence, without its full stop
 */
export type Failed<E extends Error> = (
  how: 'UNREACHABLE' | 'TIMEOUT' | 'TOO_LARGE' | 'RETRY_LATER',
  what: string,
  options?: { details?: Record<string, unknown>; cause?: unknown },
) => E;

export interface ExchangeOptions<E extends Error> {
  fetch: Fetch;
  clock: Clock;
  headers: Record<string, string>;
  limits: ExchangeLimits;
  failed: Failed<E>;
  signal?: AbortSignal | undefined;
}

/** One answer while it comes in. */
export interface Answer {
  /** When it was asked for, in milliseconds since 1970. */
  askedAt: number;
  status: number;
  /** The address that answered, behind any redirects. */
  answeredBy: string;
  contentType: string | undefined;
  /** Whether a content coding was taken off the body on its way. */
  recoded: boolean;
  retryAfter: string | null;
  /** The body, piece by piece, within the bounds. */
  body: AsyncIterable<Uint8Array>;
}

/**
 * One GET, bounded in bytes and time.
 *
 * @param read takes the answer in; when it is done, whatever is left of the exchange is given up
 * @throws `UNREACHABLE`, `TIMEOUT` and `TOO_LARGE` as `failed` makes them; what `read` throws; the signal's reason, when it
 *   aborts
 */
export async function exchange<T, E extends Error>(
  url: string,
  options: ExchangeOptions<E>,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { fetch, clock, headers, limits, failed, signal } = options;
  signal?.throwIfAborted();
  const askedAt = clock.now();
  const request = new AbortController();
  const abandon = (): void => request.abort(signal?.reason);
  signal?.addEventListener('abort', abandon, { once: true });
  let expired: E | undefined;
  const answerTimer = deadline(limits.answerWithin, 'to begin answering');
  const completeTimer = deadline(limits.completeWithin, 'to answer in full');
  try {
    const response = await reached(() => fetch(url, { headers, signal: request.signal }));
    answerTimer.abort();
    const coding = response.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
    return await read({
      askedAt,
      status: response.status,
      answeredBy: response.url === undefined || response.url === '' ? url : response.url,
      contentType: response.headers.get('content-type') ?? undefined,
      recoded: coding !== '' && coding !== 'identity',
      retryAfter: response.headers.get('retry-after'),
      body: bounded(response.body),
    });
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
      if (cancelled.signal.aborted || request.signal.aborted) return;
      expired = failed('TIMEOUT', `${url} took more than ${milliseconds / 1000} s ${what}`);
      request.abort(expired);
    };
    clock.sleep(milliseconds, cancelled.signal).then(expire, () => undefined);
    return cancelled;
  }

  async function* bounded(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
    if (body === null) return;
    const pieces = body[Symbol.asyncIterator]();
    let bytes = 0;
    for (;;) {
      const piece = await reached(() => pieces.next());
      if (piece.done === true) return;
      bytes += piece.value.byteLength;
      if (bytes > limits.maxBytes) {
        throw failed('TOO_LARGE', `${url} answered with more than ${limits.maxBytes} bytes`);
      }
      yield piece.value;
    }
  }

  /** The caller's own abort goes through as it is; all else becomes an error of the protocol. */
  async function reached<R>(step: () => Promise<R>): Promise<R> {
    try {
      return await step();
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw (
        expired ?? failed('UNREACHABLE', `${url} cannot be reached: ${reasonOf(error)}`, { cause: error })
      );
    }
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
