import type { Clock } from '../../node/clock.ts';

interface Sleeper {
  until: number;
  wake: () => void;
}

/** A clock that stands still until the test moves it on; who sleeps wakes when its time has come. */
export class TestClock implements Clock {
  #now: number;
  /** How far the time of day was set from what went by. */
  #set = 0;
  #sleepers: Sleeper[] = [];
  #slept = 0;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now + this.#set;
  }

  steady(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const wake = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const sleeper = { until: this.#now + ms, wake };
      const onAbort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      this.#sleepers.push(sleeper);
      this.#slept += 1;
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** How many wait for their time. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** How often somebody began to wait. */
  get slept(): number {
    return this.#slept;
  }

  /** Somebody sets the time of day by so much, without any going by. */
  set(ms: number): void {
    this.#set += ms;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
  }
}
