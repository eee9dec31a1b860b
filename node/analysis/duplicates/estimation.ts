import { levelsIn, weighedLevels, type Weighed } from '../../../vocab/same-work/index.ts';

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

/** A pattern that enough pairs have to say something. */
export interface CountedPattern {
  pattern: string;
  /** Of each level that it names, the place in the shares. */
  places: Uint8Array;
  /** As how many pairs it counts. */
  pairs: number;
}

const byPattern = (a: CountedPattern, b: CountedPattern): number => (a.pattern < b.pattern ? -1 : 1);

/** The patterns that say something, sorted, where some of them have other numbers of pairs now. */
export function countedPatterns(
  former: readonly CountedPattern[],
  changes: ReadonlyMap<string, number>,
): CountedPattern[] {
  const patterns = former.filter(({ pattern }) => !changes.has(pattern));
  for (const [pattern, number] of changes) {
    const pairs = counted(number);
    if (pairs > 0) patterns.push({ pattern, places: placesOf(pattern), pairs });
  }
  return patterns.sort(byPattern);
}

/**
 * How far this node's own records move each weight from the shipped one, in bits, by feature and level.
 *
 * Expectation and maximisation over the patterns of all candidate pairs, without labels (Winkler 1988, "Using the EM
 * algorithm for weight computation in the Fellegi-Sunter model of record linkage"), begun at the shipped weights and held
 * to them by as many imagined pairs. It depends on the numbers alone, which are a function of the records held.
 *
 * @param patterns sorted, so that the sums are the same to the last bit wherever they are made
 */
export function estimateShifts(patterns: readonly CountedPattern[]): number[][] {
  let share = SHARE;
  let ratios = shippedRatios;
  for (let round = 0; round < ROUNDS && patterns.length > 0; round++) {
    const m = shipped.m.map((value) => value * PRIOR_PAIRS);
    const u = shipped.u.map((value) => value * PRIOR_PAIRS);
    let same = SHARE * PRIOR_PAIRS;
    let all = PRIOR_PAIRS;
    for (const { places, pairs } of patterns) {
      let odds = share / (1 - share);
      for (const place of places) odds *= ratios[place] ?? 1;
      const ofOne = (odds / (1 + odds)) * pairs;
      same += ofOne;
      all += pairs;
      for (const place of places) {
        m[place] = (m[place] ?? 0) + ofOne;
        u[place] = (u[place] ?? 0) + pairs - ofOne;
      }
    }
    share = same / all;
    ratios = ratiosOf({ m: normalised(m), u: normalised(u) });
  }
  return weighedLevels.map((levels, feature) =>
    levels.map((_, level) => {
      const place = feature * MOST_LEVELS + level;
      return rounded(Math.log2(ratios[place] ?? 1) - Math.log2(shippedRatios[place] ?? 1));
    }),
  );
}

/** How often each level is seen among pairs of one work (m) and of two (u), where its feature is said: features one after another. */
interface Shares {
  m: Float64Array;
  u: Float64Array;
}

const MOST_LEVELS = Math.max(...weighedLevels.map((levels) => levels.length));
const shipped: Shares = {
  m: normalised(flat(({ m }) => m)),
  u: normalised(flat(({ m, bits }) => m * 2 ** -bits)),
};
const shippedRatios = ratiosOf(shipped);

function placesOf(pattern: string): Uint8Array {
  const places = levelsIn(pattern).map((level, feature) => (level < 0 ? -1 : feature * MOST_LEVELS + level));
  return Uint8Array.from(places.filter((place) => place >= 0));
}

function flat(valueOf: (weighed: Weighed) => number): Float64Array {
  const values = new Float64Array(weighedLevels.length * MOST_LEVELS);
  for (const [feature, levels] of weighedLevels.entries())
    values.set(levels.map(valueOf), feature * MOST_LEVELS);
  return values;
}

function ratiosOf({ m, u }: Shares): Float64Array {
  return m.map((value, place) => value / (u[place] ?? 1));
}

/** So that those of each feature add up to one. */
function normalised(values: Float64Array): Float64Array {
  const shares = new Float64Array(values.length);
  for (let at = 0; at < values.length; at += MOST_LEVELS) {
    const ofFeature = values.subarray(at, at + MOST_LEVELS);
    const sum = ofFeature.reduce((total, value) => total + value, 0);
    shares.set(
      ofFeature.map((value) => value / sum),
      at,
    );
  }
  return shares;
}

function rounded(bits: number): number {
  return Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, Math.round(bits / GRID) * GRID));
}
