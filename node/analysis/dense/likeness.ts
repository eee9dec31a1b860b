import { cosine, type Vector } from './vectors.ts';

/** Fewer tell nothing of what is usual. */
const FEWEST = 16;

/**
 * How much more alike two texts are than two that have nothing to do with each other, from 0 to 1.
 *
 * Models differ in what they give to those: about 0.1 with some, 0.8 with others. So the cosines of the seed with records
 * taken at random are its zero: their mean and two standard deviations, which one in forty of them reaches.
 */
export function likenessTo(seed: Vector, atRandom: readonly Vector[]): (other: Vector) => number {
  const zero = atRandom.length < FEWEST ? 0 : Math.min(0.99, Math.max(0, usualMost(seed, atRandom)));
  return (other) => Math.max(0, (cosine(seed, other) - zero) / (1 - zero));
}

function usualMost(seed: Vector, others: readonly Vector[]): number {
  const cosines = others.map((other) => cosine(seed, other));
  const mean = cosines.reduce((sum, one) => sum + one, 0) / cosines.length;
  const variance = cosines.reduce((sum, one) => sum + (one - mean) ** 2, 0) / cosines.length;
  return mean + 2 * Math.sqrt(variance);
}
