const SHORTEST = 1e-4;
const STEP = Math.log(1.01);
const LONGEST = 1e6;
const BINS = Math.ceil(Math.log(LONGEST / SHORTEST) / STEP);

/** How many delays there were of each length, to a hundredth of it: millions take no more room than one. Seconds. */
export class Delays {
  readonly #bins = new Float64Array(BINS + 1);
  count = 0;

  add(seconds: number, times = 1): void {
    const bin = Math.round(Math.log(Math.max(seconds, SHORTEST) / SHORTEST) / STEP);
    const at = Math.min(BINS, bin);
    this.#bins[at] = (this.#bins[at] ?? 0) + times;
    this.count += times;
  }

  addAll(others: Delays): void {
    for (const [at, times] of others.#bins.entries()) this.#bins[at] = (this.#bins[at] ?? 0) + times;
    this.count += others.count;
  }

  /** The delay below which the share `p` lies; NaN where there are none. */
  percentile(p: number): number {
    let left = this.count * p;
    for (const [bin, times] of this.#bins.entries()) {
      left -= times;
      if (times > 0 && left <= 1e-9) return SHORTEST * Math.exp(bin * STEP);
    }
    return Number.NaN;
  }

  /** The share of delays up to each of some lengths, for a plot. */
  *shares(): Generator<[seconds: number, share: number]> {
    let sum = 0;
    for (const [bin, times] of this.#bins.entries()) {
      if (times === 0) continue;
      sum += times;
      yield [SHORTEST * Math.exp(bin * STEP), sum / this.count];
    }
  }
}
