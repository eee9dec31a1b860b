import { networkOf } from '../../../../vocab/address-network.ts';
import type { CounterException } from '../../../../protocols/counter/index.ts';
import type { Clock } from '../../../clock.ts';

const MINUTE_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** How many requests an address may make in a minute, and how many reports may be made at once. */
export class RequestRate {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #perMinute: number;
  readonly #atOnce: number;
  readonly #counts = new Map<string, number>();
  #minute = 0;
  #underWay = 0;

  constructor(options: { clock: Pick<Clock, 'now'>; perMinute: number; atOnce: number }) {
    this.#clock = options.clock;
    this.#perMinute = options.perMinute;
    this.#atOnce = options.atOnce;
  }

  /** Counts a request. @returns exception 1020 where there were too many, with the seconds until the next may come */
  count(address: string): { refused: CounterException; seconds: number } | undefined {
    const now = this.#clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    // Where there are more addresses than are kept apart, those that come late share what one has.
    const network = networkOf(address);
    const name = this.#counts.has(network) || this.#counts.size < MOST_ADDRESSES ? network : '';
    const before = this.#counts.get(name) ?? 0;
    if (before >= this.#perMinute) {
      const data = `This server takes ${this.#perMinute} requests a minute from one address`;
      const seconds = Math.ceil(((minute + 1) * MINUTE_MS - now) / 1_000);
      return { refused: { code: 1020, data }, seconds };
    }
    this.#counts.set(name, before + 1);
    return undefined;
  }

  /** @returns what tells that the report is done; exception 1010 where too many are being made */
  begin(): { done: () => void } | { refused: CounterException } {
    if (this.#underWay >= this.#atOnce) {
      return { refused: { code: 1010, data: `${this.#atOnce} reports are being made` } };
    }
    this.#underWay += 1;
    let isDone = false;
    return {
      done: () => {
        if (!isDone) this.#underWay -= 1;
        isDone = true;
      },
    };
  }
}
