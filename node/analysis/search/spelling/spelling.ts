import type { TimeBudget } from '../query/time-budget.ts';
import { TermCursor } from '../segments/term-list.ts';
import { isSpelled } from '../text/text-normalisation.ts';
import { NearTerms, type Meant } from './near-terms.ts';

/** The terms of all parts of the index that begin with one letter, those left out that begin with what they may not. */
export interface TermsOfLetter {
  /** Lists of segments (`segments/term-list.ts`). */
  lists: readonly Uint8Array[];
  /** Of the postings in memory. */
  recent: readonly { spelledWith(letter: string): readonly string[]; count(term: string): number }[];
}

/** Letters of a word that is long enough for two slips. */
const LONG = 8;

/** Terms to choose from; and letters of a word that are enough to know it by. */
const MOST_TERMS = 8;
const BEGINNING = 5;

/**
 * The terms that may be what a word was meant to be that is in no record: those with the least to change first, and of
 * those the ones in most records. They begin with the word's first letter or its second; where there is none, with any
 * letter in the place of the first or before it (of `a` to `z`).
 * @param forms the word, and its stems
 */
export async function nearestTerms(
  forms: readonly string[],
  termsOf: (letter: string, mayBeginWith: (letters: string) => boolean) => Promise<TermsOfLetter>,
  countsOf: (terms: readonly string[]) => Promise<readonly number[]>,
  budget: TimeBudget,
): Promise<string[]> {
  const candidates = new Map<string, Candidate>();
  const spelled = forms.filter(isSpelled);
  const wanted = new NearTerms(meantBy(spelled));
  for (const letter of new Set(spelled.flatMap((form) => [form.charAt(0), form.charAt(1)]))) {
    const terms = await termsOf(letter, (letters) => wanted.mayBeginWith(letters));
    await collect(letter, { wanted, terms, candidates, budget });
  }
  const near = best(candidates);
  if (near.length > 0 || spelled.length === 0) return near;
  const terms = [
    ...new Set(spelled.flatMap((form) => letters.flatMap((a) => [a + form, a + form.slice(1)]))),
  ];
  const counts = await countsOf(terms);
  return best(new Map(terms.map((term, i) => [term, { distance: 1, count: counts[i] ?? 0 }])));
}

/** How many slips a word of that length may have. */
export const mostSlips = (word: string): number => (word.length < LONG ? 1 : 2);

function meantBy(forms: readonly string[]): Meant[] {
  const [word] = forms;
  return [
    ...forms.map((form) => ({ word: form, most: mostSlips(form) })),
    // The slip may be in an ending that the right word's stem does not have.
    ...(word !== undefined && word.length > BEGINNING ? [{ word, most: 1, least: BEGINNING }] : []),
  ];
}

interface Candidate {
  distance: number;
  count: number;
}

/** Terms after which it is asked whether it is the turn of others. */
const TERMS_AT_A_STRETCH = 1_000;

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');

async function collect(
  letter: string,
  {
    wanted,
    terms,
    candidates,
    budget,
  }: {
    wanted: NearTerms;
    terms: TermsOfLetter;
    candidates: Map<string, Candidate>;
    budget: TimeBudget;
  },
): Promise<void> {
  const offer = (term: string, distance: number, count: number): void => {
    const known = candidates.get(term);
    if (known === undefined) candidates.set(term, { distance, count });
    else known.count += count;
  };
  for (const list of terms.lists) {
    if (budget.isTurnOver && !(await budget.rest())) return;
    const cursor = new TermCursor(list);
    while (cursor.next(wanted.hopelessFrom)) {
      const distance = wanted.slipsIn(cursor, cursor.shared);
      // A list has names, numbers and words of other letters, too.
      if (distance === undefined || !cursor.term.startsWith(letter) || !isSpelled(cursor.term)) continue;
      offer(cursor.term, distance, cursor.count);
    }
  }
  for (const part of terms.recent) {
    for (const [i, term] of part.spelledWith(letter).entries()) {
      if (i % TERMS_AT_A_STRETCH === 0 && budget.isTurnOver && !(await budget.rest())) return;
      const distance = wanted.slipsIn(term);
      if (distance !== undefined) offer(term, distance, part.count(term));
    }
  }
}

function best(candidates: ReadonlyMap<string, Candidate>): string[] {
  return [...candidates]
    .filter(([, { count }]) => count > 0)
    .sort(([a, x], [b, y]) => x.distance - y.distance || y.count - x.count || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS)
    .map(([term]) => term);
}
