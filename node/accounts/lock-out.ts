import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { AccountError } from './errors.ts';

const KEPT = 20_000;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Failures are forgotten after as long without one. */
const FORGOTTEN_MS = 60 * 60_000;

/**
 * Makes guessing slow: after some failures each further one costs a pause that doubles, up to a quarter of an hour, so
 * that nobody is kept out for ever by somebody else's guesses. In memory: a restart forgives.
 */
export class LockOut {
  readonly #clock: Clock;
  readonly #free: number;
  readonly #failures: LRUCache<string, { count: number; until: number; last: number }>;

  /** @param options.free failures that cost nothing */
  constructor({ clock, free }: { clock: Clock; free: number }) {
    this.#clock = clock;
    this.#free = free;
    this.#failures = new LRUCache({ max: KEPT });
  }

  /** What is counted under one name: an account, an address, a browser. */
  of(name: string): { refuse(): void; failed(): void; succeeded(): void } {
    return {
      refuse: () => this.#refuse(name),
      failed: () => this.#failed(name),
      succeeded: () => void this.#failures.delete(name),
    };
  }

  /** @throws AccountError `ACCOUNT_LOCKED` */
  #refuse(name: string): void {
    const left = (this.#failures.get(name)?.until ?? 0) - this.#clock.steady();
    // Longer than any pause: the clock was set back since.
    if (left <= 0 || left > LONGEST_PAUSE_MS) return;
    throw new AccountError('ACCOUNT_LOCKED', 'There were too many attempts.', {
      remedy: `Wait ${Math.ceil(left / 60_000)} minutes; if it was not you, tell an administrator.`,
      details: { retryAfter: Math.ceil(left / 1_000) },
    });
  }

  #failed(name: string): void {
    const now = this.#clock.steady();
    const before = this.#failures.get(name);
    const count = before === undefined || now - before.last > FORGOTTEN_MS ? 1 : before.count + 1;
    const pause =
      count < this.#free ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (count - this.#free), LONGEST_PAUSE_MS);
    this.#failures.set(name, { count, until: now + pause, last: now });
  }
}
