import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { networkOf } from '../../../vocab/address-network.ts';
import type { Clock } from '../../clock.ts';

/** How many of something there may be: so many at once, and so many a second from then on. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

const MOST_NAMES = 50_000;
const DAY_MS = 86_400_000;
const KEY_BYTES = 32;

/**
 * Buckets of tokens, one for each name: what comes faster than its allowance is to come again later.
 *
 * Memory is bounded by the number of names. Of addresses only hashes are there, with a key that is as old as the day.
 */
export class Rates {
  readonly #clock: Clock;
  readonly #buckets: LRUCache<string, { left: number; at: number }>;
  #day = -1;
  #key = randomBytes(KEY_BYTES);

  constructor({ clock, mostNames = MOST_NAMES }: { clock: Clock; mostNames?: number }) {
    this.#clock = clock;
    this.#buckets = new LRUCache({ max: mostNames });
  }

  /** @returns the seconds to wait, 0 where so many may be taken now: then they are noted */
  take(name: string, { burst, perSecond }: Allowance, many = 1): number {
    const now = this.#clock.steady();
    const before = this.#buckets.get(name);
    const rested = before === undefined ? burst : before.left + ((now - before.at) / 1_000) * perSecond;
    const left = Math.min(burst, rested) - many;
    if (left < 0) return Math.ceil(-left / perSecond);
    this.#buckets.set(name, { left, at: now });
    return 0;
  }

  /** The same for whoever comes from an address: of IPv6 its network. @param kind what of theirs is counted */
  takeOf(address: string, kind: string, allowance: Allowance): number {
    return this.take(this.#nameOf(kind, address), allowance);
  }

  #nameOf(kind: string, address: string): string {
    const day = Math.floor(this.#clock.now() / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      this.#key = randomBytes(KEY_BYTES);
    }
    return createHmac('sha256', this.#key)
      .update(`${kind} ${networkOf(address)}`)
      .digest('base64url');
  }
}
