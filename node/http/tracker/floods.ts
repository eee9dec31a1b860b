import type { Clock } from '../../clock.ts';
import { Rates, type Allowance } from '../server/rates.ts';

/** Ten times what the largest repositories have in a busy second, and an hour of theirs at once after a rest. */
const OF_SITE: Allowance = { burst: 40_000, perSecond: 4_000 };
/** A university may have one address for all of its readers. */
const OF_READER: Allowance = { burst: 3_000, perSecond: 50 };
/** Requests of one address with a wrong key or none. */
const OF_STRANGER: Allowance = { burst: 60, perSecond: 1 };

/**
 * Holds back what comes too fast: events of a site, events of one reader's address, requests of one address that may not
 * send any. What is held back is to be sent again later, so nothing is lost.
 */
export class Floods {
  readonly #rates: Rates;

  constructor(options: { clock: Clock; mostNames?: number }) {
    this.#rates = new Rates(options);
  }

  /** @returns the seconds to wait, 0 where the events may be taken now: then they are noted */
  ofSite(name: string, events: number): number {
    return this.#rates.take(`site ${name}`, OF_SITE, events);
  }

  ofReader(address: string): number {
    return this.#rates.takeOf(address, 'reader', OF_READER);
  }

  /** Of requests with a wrong key or none: a right one is never held back by those, though it comes from the same address. */
  ofStranger(address: string): number {
    return this.#rates.takeOf(address, 'stranger', OF_STRANGER);
  }
}
