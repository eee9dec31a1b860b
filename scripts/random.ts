/** Random numbers with a seed: the same seed gives the same run. */
export interface Random {
  /** From 0 up to 1. */
  readonly uniform: () => number;
  /** A whole number from 0 up to `below`. */
  readonly integer: (below: number) => number;
  /** Mean 0, standard deviation 1. */
  readonly normal: () => number;
  readonly exponential: (mean: number) => number;
  readonly poisson: (mean: number) => number;
}

/** Mulberry32, and what is made of it. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    integer: (below) => Math.floor(uniform() * below),
    normal,
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    poisson: (mean) => {
      // Beyond some tens the normal distribution is as good, and needs no loop.
      if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = uniform(); product > limit; product *= uniform()) count += 1;
      return count;
    },
  };
}
