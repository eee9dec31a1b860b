import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';

const DAY_MS = 86_400_000;
const KEY_BYTES = 32;
const HASH_CHARACTERS = 22;

/**
 * Names a user's way to an item for as long as double clicks are looked for, so that nobody can be found by it later.
 *
 * The name is a keyed hash (HMAC-SHA-256); its key is random, is made anew each UTC day, and is in memory only. The key of
 * the day before is kept for the first minute of a day, for clicks around midnight.
 */
export class UserHash {
  readonly #clock: Clock;
  readonly #keptMs: number;
  #day: { number: number; key: Buffer } | undefined;
  #yesterday: Buffer | undefined;

  /** @param keptMs for how long into a day the key of the day before is kept */
  constructor(options: { clock: Clock; keptMs: number }) {
    this.#clock = options.clock;
    this.#keptMs = options.keptMs;
  }

  /** Today's name, and yesterday's where it may still be in use. */
  names(parts: readonly string[]): string[] {
    const keys = this.#keys();
    const text = JSON.stringify(parts);
    return keys.map((key) =>
      createHmac('sha256', key).update(text).digest('base64url').slice(0, HASH_CHARACTERS),
    );
  }

  #keys(): Buffer[] {
    const now = this.#clock.now();
    const number = Math.floor(now / DAY_MS);
    if (this.#day?.number !== number) {
      this.#yesterday = this.#day?.number === number - 1 ? this.#day.key : undefined;
      this.#day = { number, key: randomBytes(KEY_BYTES) };
    }
    if (now % DAY_MS > this.#keptMs) this.#yesterday = undefined;
    return this.#yesterday === undefined ? [this.#day.key] : [this.#day.key, this.#yesterday];
  }
}
