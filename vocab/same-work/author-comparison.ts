import { namesAgree, type ComparedName } from './compared-name.ts';

/**
 * How far the authors of two records agree, in whatever order they stand:
 * three or more, two, one, all the same · all of one among those of the other · one author only, who is among those of the
 * other · most · some · none.
 */
export const authorLevels = [
  'all',
  'both',
  'one',
  'surname',
  'among',
  'first of',
  'most',
  'some',
  'none',
] as const;
export type AuthorLevel = (typeof authorLevels)[number];

export interface Authors {
  /** The first of them; what is compared. */
  names: readonly ComparedName[];
  /** How many the record has. */
  count: number;
}

/** Undefined where one of the records names none. */
export function compareAuthors(a: Authors, b: Authors): AuthorLevel | undefined {
  const [few, many] = a.names.length <= b.names.length ? [a, b] : [b, a];
  const least = few.names.length;
  if (least === 0) return undefined;
  const { found, sure } = matched(few.names, many.names);
  if (found === 0) return 'none';
  if (found === least && few.count === many.count) {
    if (least === 1) return sure === 1 ? 'one' : 'surname';
    return least === 2 ? 'both' : 'all';
  }
  if (found === least) return least === 1 ? (sure === 1 ? 'first of' : 'some') : 'among';
  return found * 3 >= many.names.length * 2 || found * 4 >= least * 3 ? 'most' : 'some';
}

/** How many of `few` are among `many`, each of these taken once; `sure` are those with more in common than a surname. */
function matched(
  few: readonly ComparedName[],
  many: readonly ComparedName[],
): { found: number; sure: number } {
  const taken = new Set<number>();
  let found = 0;
  let sure = 0;
  for (const [i, name] of few.entries()) {
    let best = 0;
    let at = -1;
    for (let step = 0; step < many.length && best < 2; step++) {
      // Mostly it stands at the same place.
      const j = (i + step) % many.length;
      const other = many[j];
      if (other === undefined || taken.has(j)) continue;
      const agreement = namesAgree(name, other);
      if (agreement > best) [best, at] = [agreement, j];
    }
    if (at < 0) continue;
    taken.add(at);
    found += 1;
    if (best === 2) sure += 1;
  }
  return { found, sure };
}
