import type { Clock } from '../../../clock.ts';
import { FullTextError } from '../errors.ts';

/** How fast something must come: at least `bytes` in each window of time, and all of it in so many windows. */
export interface Pace {
  windowMs: number;
  windows: number;
  bytes: number;
}

/**
 * Does something that is given up when it is too slow; `count` is told of the bytes as they come. When it has ended,
 * whatever is left of the exchange is given up, too.
 *
 * @throws FullTextError `FULLTEXT_TOO_SLOW`
 * @throws the signal's reason
 */
export async function paced<T>(
  what: string,
  options: { pace: Pace; clock: Clock; signal: AbortSignal },
  work: (signal: AbortSignal, count: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  const { pace, clock, signal } = options;
  const exchange = new AbortController();
  const ended = new AbortController();
  const abandon = (): void => exchange.abort(signal.reason);
  let received = 0;

  const watch = async (): Promise<void> => {
    for (let window = 0; window < pace.windows; window += 1) {
      const before = received;
      await clock.sleep(pace.windowMs, ended.signal);
      if (received - before < pace.bytes) break;
    }
    const message = `${what}: ${received} bytes came before it was given up.`;
    exchange.abort(new FullTextError('FULLTEXT_TOO_SLOW', message, { passing: true }));
  };

  signal.throwIfAborted();
  signal.addEventListener('abort', abandon, { once: true });
  watch().catch(() => undefined);
  try {
    return await work(exchange.signal, (bytes) => {
      received += bytes;
    });
  } catch (error) {
    throw exchange.signal.aborted ? exchange.signal.reason : error;
  } finally {
    ended.abort();
    exchange.abort();
    signal.removeEventListener('abort', abandon);
  }
}
