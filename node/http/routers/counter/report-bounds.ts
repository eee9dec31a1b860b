import type { CounterException } from '../../../../protocols/counter/index.ts';
import type { Clock } from '../../../clock.ts';
import { Rates, type Allowance } from '../../server/rates.ts';

const MINUTE_S = 60;

/** How many requests an address may make in a minute, and how many reports may be made at once. */
export class ReportBounds {
  readonly #rates: Rates;
  readonly #ofAddress: Allowance;
  readonly #atOnce: number;
  #underWay = 0;

  constructor(options: { clock: Clock; perMinute: number; atOnce: number }) {
    this.#rates = new Rates(options);
    this.#ofAddress = { burst: options.perMinute, perSecond: options.perMinute / MINUTE_S };
    this.#atOnce = options.atOnce;
  }

  /** Counts a request. @returns exception 1020 where there were too many, with the seconds until the next may come */
  count(address: string): { refused: CounterException; seconds: number } | undefined {
    const seconds = this.#rates.takeOf(address, 'reports', this.#ofAddress);
    if (seconds === 0) return undefined;
    const data = `This server takes ${this.#ofAddress.burst} requests a minute from one address`;
    return { refused: { code: 1020, data }, seconds };
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
