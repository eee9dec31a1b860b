import type { Clock } from '../../node/clock.ts';

const LONGEST_LEAP_MS = 30_000;

interface Sleeper {
  until: number;
  wake: () => void;
}

/**
 * A clock on which pauses, as between two requests, are over at once and move the time on; longer waits, which are limits
 * or schedules, last until the test moves it to their end.
 */
export class LeapingClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #sleepers = new Set<Sleeper>();
  /** Pauses that were leapt over. */
  readonly pauses: number[] = [];

  now(): number {
    return this.#now;
  }

  steady(): number {
    return this.#now;
  }

  /** How many wait for a time that is at least so far off. */
  sleeping(ms: number): number {
    return [...this.#sleepers].filter(({ until }) => until - this.#now >= ms).length;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms <= LONGEST_LEAP_MS) {
      this.pauses.push(ms);
      this.#now += ms;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
