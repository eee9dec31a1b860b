import { features, levelsIn, weighedLevels } from '../../../vocab/same-work/index.ts';

const ROUNDS = 12;
/** How many pairs of one work, and how many of two, the shipped weights count as: the estimate leaves them only for good reason. */
const PRIOR_PAIRS = 5_000;
/** The share of pairs of one work among candidates, to begin with. */
const SHARE = 0.2;
/** Patterns of fewer pairs than this say nothing, and others count as the power of two below: so most changes change nothing. */
const FEWEST = 32;
/** Weights are rounded to so many bits, and no weight goes further from the shipped one than that. */
const GRID = 0.25;
const MOST_SHIFT = 0.75;

/** How many pairs a pattern counts as in the estimate. */
export function counted(pairs: number): number {
  return pairs < FEWEST ? 0 : 2 ** Math.floor(Math.log2(pairs));
}

/**
 * How far this node's own records move each weight from the shipped one, in bits, by feature and level.
 *
 * Expectation and maximisation over the patterns of all candidate pairs, without labels (Winkler 1988, "Using the EM
 * algorithm for weight computation in the Fellegi-Sunter model of record linkage"), begun at the shipped weights and held
 * to them by as many imagined pairs. It depends on the numbers alone, which are a function of the records held.
 */
export function estimateShifts(histogram: ReadonlyMap<string, number>): number[][] {
  const patterns = [...histogram]
    .map(([pattern, pairs]) => ({ pattern, levels: levelsIn(pattern), pairs: counted(pairs) }))
    .filter(({ pairs }) => pairs > 0)
    .sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
  const prior = shippedShares();
  if (patterns.length === 0) return prior.map(({ m }) => m.map(() => 0));
  let share = SHARE;
  let now = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = prior.map(({ m, u }) => ({
      m: m.map((value) => value * PRIOR_PAIRS),
      u: u.map((value) => value * PRIOR_PAIRS),
    }));
    let same = SHARE * PRIOR_PAIRS;
    let all = PRIOR_PAIRS;
    for (const { levels, pairs } of patterns) {
      let odds = share / (1 - share);
      for (const [i, level] of levels.entries()) odds *= ratio(now[i], level);
      const ofOne = (odds / (1 + odds)) * pairs;
      same += ofOne;
      all += pairs;
      for (const [i, level] of levels.entries()) {
        const sum = sums[i];
        if (sum === undefined || level < 0) continue;
        sum.m[level] = (sum.m[level] ?? 0) + ofOne;
        sum.u[level] = (sum.u[level] ?? 0) + pairs - ofOne;
      }
    }
    share = same / all;
    now = sums.map(({ m, u }) => ({ m: normalised(m), u: normalised(u) }));
  }
  return now.map((shares, i) =>
    shares.m.map((_, level) => rounded(Math.log2(ratio(shares, level)) - Math.log2(ratio(prior[i], level)))),
  );
}

/** How often each level of a feature is seen among pairs of one work (m) and of two (u), where the feature is said. */
interface Shares {
  m: number[];
  u: number[];
}

function shippedShares(): Shares[] {
  return features.map((_, i) => {
    const levels = weighedLevels[i] ?? [];
    return {
      m: normalised(levels.map(({ m }) => m)),
      u: normalised(levels.map(({ m, bits }) => m * 2 ** -bits)),
    };
  });
}

function ratio(shares: Shares | undefined, level: number): number {
  return level < 0 ? 1 : (shares?.m[level] ?? 1) / (shares?.u[level] ?? 1);
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

function rounded(bits: number): number {
  return Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, Math.round(bits / GRID) * GRID));
}
