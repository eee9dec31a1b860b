import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { networkOf } from '../../../vocab/address-network.ts';
import type { Clock } from '../../clock.ts';

/** How many of something there may be: so many at once, and so many a second from then on. */
interface Allowance {
  burst: number;
  perSecond: number;
}

/** Ten times what the largest repositories have in a busy second, and an hour of theirs at once after a rest. */
const OF_SITE: Allowance = { burst: 40_000, perSecond: 4_000 };
/** A university may have one address for all of its readers. */
const OF_READER: Allowance = { burst: 3_000, perSecond: 50 };
/** Requests of one address with a wrong key or none. */
const OF_STRANGER: Allowance = { burst: 60, perSecond: 1 };

const MOST_NAMES = 50_000;
const DAY_MS = 86_400_000;
const KEY_BYTES = 32;

/**
 * Holds back what comes too fast: events of a site, events of one reader's address, requests of one address that may not
 * send any. What is held back is to be sent again later, so nothing is lost.
 *
 * Memory is bounded by the number of names. Of addresses only hashes are there, with a key that is as old as the day.
 */
export class Floods {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #buckets: LRUCache<string, { left: number; at: number }>;
  #day = -1;
  #key = randomBytes(KEY_BYTES);

  constructor({ clock, mostNames = MOST_NAMES }: { clock: Pick<Clock, 'now'>; mostNames?: number }) {
    this.#clock = clock;
    this.#buckets = new LRUCache({ max: mostNames });
  }

  /** @returns the seconds to wait, 0 where the events may be taken now: then they are noted */
  ofSite(name: string, events: number): number {
    return this.#take(`site ${name}`, OF_SITE, events);
  }

  ofReader(address: string): number {
    return this.#take(this.#nameOf('reader', address), OF_READER, 1);
  }

  /** Of requests with a wrong key or none: a right one is never held back by those, though it comes from the same address. */
  ofStranger(address: string): number {
    return this.#take(this.#nameOf('stranger', address), OF_STRANGER, 1);
  }

  #take(name: string, { burst, perSecond }: Allowance, events: number): number {
    const now = this.#clock.now();
    const before = this.#buckets.get(name);
    const rested = before === undefined ? burst : before.left + ((now - before.at) / 1_000) * perSecond;
    const left = Math.min(burst, rested) - events;
    if (left < 0) return Math.ceil(-left / perSecond);
    this.#buckets.set(name, { left, at: now });
    return 0;
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
