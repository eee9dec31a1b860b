import { byWeight, ofLengthOne, type TellingTerm } from './telling-terms.ts';

/*
 * Relevance feedback without a reader (Rocchio 1971; Lavrenko and Croft 2001, RM3): the texts that are most like a text
 * bring in the words in which others speak of its subject.
 */

/** How many texts are heard. */
export const NEIGHBOURS = 5;
/** What their words count beside the seed's own. */
const SHARE = 0.4;
const MOST_TERMS = 32;
/** The less alike a text is, the less it is heard: with the cube, one half as much alike as the first counts an eighth. */
const STEEPNESS = 3;
/** Two texts with so large a share of their terms in common are copies of one, which say nothing new. */
const COPY = 0.8;

/** A word of one neighbour only may be of another subject; what two say, or the seed too, belongs to this one. */
const FEWEST_NEIGHBOURS = 2;

/** A text that is like the seed. */
export interface Neighbour {
  score: number;
  terms: readonly TellingTerm[];
}

/** The seed's terms and those of its neighbours, of which the first is the most alike. */
export function expanded(seed: readonly TellingTerm[], neighbours: readonly Neighbour[]): TellingTerm[] {
  const best = neighbours[0]?.score ?? 1;
  const heard = new Map<string, TellingTerm>();
  for (const { score, terms } of neighbours) {
    const share = (score / best) ** STEEPNESS;
    for (const { term, word, weight } of terms) {
      const known = heard.get(term);
      heard.set(term, { term, word, weight: (known?.weight ?? 0) + share * weight });
    }
  }
  if (heard.size === 0) return [...seed];
  const added = ofLengthOne(byWeight([...heard.values()]).slice(0, MOST_TERMS));
  const all = new Map(seed.map((own) => [own.term, { ...own, weight: (1 - SHARE) * own.weight }]));
  for (const { term, word, weight } of added) {
    const own = all.get(term);
    all.set(term, { term, word: own?.word ?? word, weight: (own?.weight ?? 0) + SHARE * weight });
  }
  return byWeight([...all.values()]);
}

/** The first few of the texts that are copies neither of the seed nor of one another. */
export function differing<T extends { terms: readonly { term: string }[] }>(
  seed: ReadonlySet<string>,
  texts: readonly T[],
): T[] {
  const chosen: { text: T; terms: ReadonlySet<string> }[] = [];
  for (const text of texts) {
    if (chosen.length === NEIGHBOURS) break;
    const terms = new Set(text.terms.map(({ term }) => term));
    if (isCopy(seed, terms) || chosen.some((other) => isCopy(other.terms, terms))) continue;
    chosen.push({ text, terms });
  }
  return chosen.map(({ text }) => text);
}

function isCopy(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const term of b) if (a.has(term)) shared += 1;
  return shared >= COPY * (a.size + b.size - shared);
}

/** The terms that are heard: those that several neighbours have, or the seed. */
export function heardTerms(
  seed: ReadonlySet<string>,
  neighbours: readonly { terms: readonly { term: string }[] }[],
): Set<string> {
  const times = new Map<string, number>();
  for (const { terms } of neighbours) {
    for (const { term } of terms) times.set(term, (times.get(term) ?? 0) + 1);
  }
  return new Set([...times].flatMap(([term, n]) => (n >= FEWEST_NEIGHBOURS || seed.has(term) ? [term] : [])));
}
