import { features, levelsIn, levelsOf, type Feature, type Levels } from './comparison.ts';

/** How often a level is seen among pairs of one work (m) and what it weighs in bits: log2(m / u) (Fellegi & Sunter 1969). */
export interface Weighed {
  m: number;
  bits: number;
}

/**
 * What each agreement and difference weighs where nothing else is known. They are estimates for catalogues of
 * scholarly works in general (several fields, languages, and habits of cataloguing), rounded to half a bit: the number of
 * halvings of doubt. `u`, how often a level is seen among pairs of two works that are worth comparing at all, follows.
 */
export const defaultWeights: {
  readonly [F in Feature]: { readonly [L in NonNullable<Levels[F]>]: Weighed };
} = {
  title: {
    'same long': { m: 0.52, bits: 13 },
    'same medium': { m: 0.13, bits: 10.5 },
    'same short': { m: 0.03, bits: 7 },
    'same boilerplate': { m: 0.01, bits: 0.5 },
    'slips long': { m: 0.12, bits: 11.5 },
    'slips short': { m: 0.02, bits: 7 },
    'without subtitle': { m: 0.06, bits: 9.5 },
    'alike in letters': { m: 0.04, bits: 9 },
    translation: { m: 0.02, bits: 6 },
    'without long subtitle': { m: 0.02, bits: 5 },
    'most words': { m: 0.03, bits: 5 },
    'half the words': { m: 0.01, bits: -1 },
    'other language': { m: 0.01, bits: -1 },
    'some words': { m: 0.005, bits: -4 },
    different: { m: 0.005, bits: -7 },
  },
  authors: {
    all: { m: 0.44, bits: 9.5 },
    both: { m: 0.16, bits: 8 },
    one: { m: 0.14, bits: 5.5 },
    surname: { m: 0.02, bits: 3 },
    among: { m: 0.06, bits: 6 },
    'first of': { m: 0.06, bits: 3.5 },
    most: { m: 0.07, bits: 6 },
    some: { m: 0.035, bits: -1.5 },
    none: { m: 0.015, bits: -7.5 },
  },
  year: {
    same: { m: 0.84, bits: 2 },
    next: { m: 0.11, bits: -2 },
    near: { m: 0.01, bits: -7 },
    far: { m: 0.02, bits: -9 },
  },
  identifiers: {
    same: { m: 0.6, bits: 22 },
    'as published': { m: 0.15, bits: 18 },
    'same book': { m: 0.05, bits: 6.5 },
    'other registrant': { m: 0.18, bits: -1.5 },
    'same registrant': { m: 0.01, bits: -7 },
    'other published': { m: 0.01, bits: -7 },
  },
  pages: {
    same: { m: 0.8, bits: 7 },
    'same first': { m: 0.07, bits: 4 },
    overlapping: { m: 0.03, bits: -1 },
    different: { m: 0.1, bits: -4 },
  },
  source: {
    'same issue': { m: 0.2, bits: 4.5 },
    'same volume': { m: 0.1, bits: 3.5 },
    same: { m: 0.35, bits: 2 },
    similar: { m: 0.15, bits: 1 },
    unlike: { m: 0.12, bits: -1 },
    different: { m: 0.01, bits: -6.5 },
    'other kind': { m: 0.005, bits: -8 },
    'other volume': { m: 0.015, bits: -6 },
  },
  abstract: {
    same: { m: 0.7, bits: 11 },
    similar: { m: 0.15, bits: 6 },
    partly: { m: 0.07, bits: 0 },
    different: { m: 0.08, bits: -4.5 },
  },
  type: {
    same: { m: 0.85, bits: 0.5 },
    related: { m: 0.1, bits: 0 },
    different: { m: 0.05, bits: -3 },
  },
  origin: {
    another: { m: 0.75, bits: 1 },
    same: { m: 0.25, bits: -1 },
  },
  language: {
    same: { m: 0.97, bits: 0.5 },
    different: { m: 0.03, bits: -2 },
  },
};

/** So much has to come together: about one in sixteen thousand candidates that reach it by chance. */
export const NEEDED_BITS = 14;

/** The default weights, feature by feature and level by level in the order of a pattern. */
export const weighedLevels: readonly (readonly Weighed[])[] = features.map((feature) => {
  const byName: Readonly<Record<string, Weighed>> = defaultWeights[feature];
  return levelsOf[feature].map((level) => byName[level] ?? { m: 0, bits: 0 });
});

/** Sums worked out before: most pairs fall into a few hundred patterns. */
const sums = new Map<string, number>();
const MOST_SUMS = 20_000;

/** The sum of the default weights for a pattern, in bits. */
export function defaultBits(pattern: string): number {
  const known = sums.get(pattern);
  if (known !== undefined) return known;
  let bits = 0;
  for (const [i, level] of levelsIn(pattern).entries()) bits += weighedLevels[i]?.[level]?.bits ?? 0;
  if (sums.size >= MOST_SUMS) sums.clear();
  sums.set(pattern, bits);
  return bits;
}
