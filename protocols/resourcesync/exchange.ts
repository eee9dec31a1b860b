import { NgrError } from '../../vocab/errors.ts';
import { ResourceSyncError } from './errors.ts';

/** Time as the client needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after a time; resolves or rejects at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What the client needs of `fetch`; the global one and undici's fit. It must follow redirects. */
export type Fetch = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal },
) => Promise<{
  status: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
}>;

/** One answer while it comes in. */
export interface Answer {
  url: string;
  status: number;
  contentType: string | undefined;
  /** Whether a content coding was taken off the body on its way. */
  recoded: boolean;
  retryAfter: string | null;
  /** The body, piece by piece, within the bounds. */
  body: AsyncIterable<Uint8Array>;
}

export interface ExchangeOptions {
  fetch: Fetch;
  clock: Clock;
  /** The media types that are wanted. */
  accept: string;
  /** Bytes of a body, after decompression. */
  maxBytes: number;
  /** Milliseconds until the status line and headers are there, and until the body has ended. */
  timeouts: { answer: number; complete: number };
  signal?: AbortSignal | undefined;
}

/**
 * One GET, bounded in bytes and time. Bytes are asked for as they are, so that they can be held against a list's digests.
 *
 * @param read takes the answer in; when it is done, whatever is left of the exchange is given up
 * @throws ResourceSyncError `RESOURCESYNC_UNREACHABLE`, `RESOURCESYNC_BAD_ADDRESS`, `RESOURCESYNC_TIMEOUT`, `RESOURCESYNC_TOO_LARGE`, or what `read`
 *   throws; the signal's reason, when it aborts
 */
export async function exchange<T>(
  url: string,
  options: ExchangeOptions,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { fetch, clock, accept, maxBytes, timeouts, signal } = options;
  signal?.throwIfAborted();
  const request = new AbortController();
  const abandon = (): void => request.abort(signal?.reason);
  signal?.addEventListener('abort', abandon, { once: true });
  const answerTimer = deadline(timeouts.answer, 'to begin answering');
  const completeTimer = deadline(timeouts.complete, 'to answer in full');
  try {
    const response = await fetch(url, {
      headers: { accept, 'accept-encoding': 'identity' },
      signal: request.signal,
    }).catch((error: unknown) => {
      throw failureOf(error);
    });
    answerTimer.abort();
    const coding = response.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
    return await read({
      url,
      status: response.status,
      contentType: response.headers.get('content-type') ?? undefined,
      recoded: coding !== '' && coding !== 'identity',
      retryAfter: response.headers.get('retry-after'),
      body: bounded(response.body),
    });
  } finally {
    answerTimer.abort();
    completeTimer.abort();
    signal?.removeEventListener('abort', abandon);
    request.abort();
  }

  /** Gives the request up after a time, unless what is returned is aborted before. */
  function deadline(milliseconds: number, what: string): AbortController {
    const cancelled = new AbortController();
    const expire = (): void => {
      if (cancelled.signal.aborted) return;
      request.abort(
        new ResourceSyncError(
          'RESOURCESYNC_TIMEOUT',
          `${url} took more than ${milliseconds / 1000} s ${what}.`,
        ),
      );
    };
    clock.sleep(milliseconds, cancelled.signal).then(expire, () => undefined);
    return cancelled;
  }

  async function* bounded(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
    if (body === null) return;
    const pieces = body[Symbol.asyncIterator]();
    let bytes = 0;
    for (;;) {
      const piece = await pieces.next().catch((error: unknown) => {
        throw failureOf(error);
      });
      if (piece.done === true) return;
      bytes += piece.value.byteLength;
      if (bytes > maxBytes) {
        throw new ResourceSyncError(
          'RESOURCESYNC_TOO_LARGE',
          `${url} answered with more than ${maxBytes} bytes.`,
        );
      }
      yield piece.value;
    }
  }

  /** The caller's own abort goes through as it is; all else becomes a `ResourceSyncError`. */
  function failureOf(error: unknown): unknown {
    if (signal?.aborted === true) return signal.reason;
    if (request.signal.reason instanceof ResourceSyncError) return request.signal.reason;
    if (error instanceof NgrError && refusedForGood.has(error.code)) {
      return new ResourceSyncError('RESOURCESYNC_BAD_ADDRESS', error.message, { cause: error });
    }
    return new ResourceSyncError('RESOURCESYNC_UNREACHABLE', `${url} cannot be reached: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** How a fetch that guards the node refuses an address: to ask again would be no use. */
const refusedForGood: ReadonlySet<string> = new Set([
  'OUTBOUND_BAD_URL',
  'OUTBOUND_PRIVATE_ADDRESS',
  'OUTBOUND_TOO_MANY_REDIRECTS',
]);

/** fetch says "fetch failed"; why stands in its causes. */
function reasonOf(error: unknown): string {
  let deepest = error;
  for (let depth = 0; depth < 5 && deepest instanceof Error && deepest.cause !== undefined; depth += 1) {
    deepest = deepest.cause;
  }
  return deepest instanceof Error && deepest.message !== '' ? deepest.message : String(error);
}
