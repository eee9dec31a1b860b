import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import { RateLimit } from '../rate-limit.ts';

/** So many records wait to be looked up; more are not taken. */
const MOST_WAITING = 100;
/** A record is looked up again after that, if anyone asks. */
const AGAIN_MS = 60 * 60 * 1_000;
const REMEMBERED = 10_000;
/** However much the pages are read: 240 an hour. */
const RATE = { perSecond: 240 / 3_600, burst: 60 };
const ANY = '';

/** The records that somebody is reading, to be looked up one after another, each at most once an hour. */
export class Wanted {
  readonly #clock: Clock;
  readonly #look: (key: string) => Promise<void>;
  readonly #rate: RateLimit;
  readonly #asked = new LRUCache<string, number>({ max: REMEMBERED });
  readonly #waiting = new Set<string>();
  #running: Promise<void> | undefined;
  #isStopped = true;

  constructor(options: { clock: Clock; look: (key: string) => Promise<void> }) {
    this.#clock = options.clock;
    this.#look = options.look;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
  }

  start(): void {
    this.#isStopped = false;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiting.clear();
    await this.#running;
  }

  want(key: string): void {
    const now = this.#clock.steady();
    const last = this.#asked.get(key);
    if (this.#isStopped || (last !== undefined && now - last < AGAIN_MS)) return;
    if (this.#waiting.size >= MOST_WAITING || !this.#rate.take(ANY)) return;
    this.#asked.set(key, now);
    this.#waiting.add(key);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      // Whoever asks the next time has it looked up again.
      await this.#look(key).catch(() => this.#asked.delete(key));
    }
    this.#running = undefined;
  }
}
