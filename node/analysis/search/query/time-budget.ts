import { setImmediate as yieldToOthers } from 'node:timers/promises';

/** After so many milliseconds others get a turn. */
const TURN_MS = 20;

/**
 * The time that a question may take. Who goes through much asks now and then whether it is the turn of others, lets them have
 * it, and ends with what there is when all of the time is gone.
 */
export class TimeBudget {
  readonly #now: () => number;
  readonly #end: number;
  #turnEnd: number;
  #isSpent = false;

  /** @param now milliseconds from any point in time on */
  constructor({ ms, now }: { ms: number; now: () => number }) {
    this.#now = now;
    const begun = now();
    this.#end = begun + ms;
    this.#turnEnd = begun + TURN_MS;
  }

  /** Whether the time was gone when it was last looked at: the answer is not whole. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Whether it is time to `rest`. Costs little beside some hundred steps of work. */
  get isTurnOver(): boolean {
    return this.#now() >= this.#turnEnd;
  }

  /** Others get a turn. @returns whether there is time to go on */
  async rest(): Promise<boolean> {
    await yieldToOthers();
    const now = this.#now();
    this.#turnEnd = now + TURN_MS;
    this.#isSpent ||= now >= this.#end;
    return !this.#isSpent;
  }
}
