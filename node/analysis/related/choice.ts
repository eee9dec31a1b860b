import type { Reason } from './signals.ts';

/** A work that may be suggested, by the record of it that would be shown. */
export interface Suggestion {
  key: string;
  score: number;
  reasons: Reason[];
  isOpen: boolean;
  /** The node that the record comes from. */
  origin: string;
}

/** Scores that differ by less are as good as equal. */
const EQUAL = 1.05;
/** What the second work of one institution loses, the third again, and so on. */
const DISCOUNT = 0.9;
const MOST_DISCOUNTS = 4;

/**
 * The best works, best first: of about equal ones those that are open come first, and each further work of one
 * institution counts a little less, so that one institution is not all there is where another has what is nearly as good
 * (after Carbonell and Goldstein's maximal marginal relevance, 1998, with the institution for what is alike). Where all
 * are from one institution, that changes nothing.
 */
export function chosen(suggestions: readonly Suggestion[], limit: number): Suggestion[] {
  const left = suggestions.map((suggestion) => ({ suggestion, step: 0 }));
  const ofOrigin = new Map<string, number>();
  const picked: Suggestion[] = [];
  while (picked.length < limit && left.length > 0) {
    for (const each of left) {
      const discounts = Math.min(MOST_DISCOUNTS, ofOrigin.get(each.suggestion.origin) ?? 0);
      each.step = Math.round(Math.log(each.suggestion.score * DISCOUNT ** discounts) / Math.log(EQUAL));
    }
    const best = left.reduce((a, b) => (isBefore(b, a) ? b : a));
    left.splice(left.indexOf(best), 1);
    const { origin } = best.suggestion;
    ofOrigin.set(origin, (ofOrigin.get(origin) ?? 0) + 1);
    picked.push(best.suggestion);
  }
  return picked;
}

function isBefore(
  a: { suggestion: Suggestion; step: number },
  b: { suggestion: Suggestion; step: number },
): boolean {
  if (a.step !== b.step) return a.step > b.step;
  const [x, y] = [a.suggestion, b.suggestion];
  if (x.isOpen !== y.isOpen) return x.isOpen;
  return x.score !== y.score ? x.score > y.score : x.key < y.key;
}
