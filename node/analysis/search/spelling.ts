import { EditDistance, type Letters } from './edit-distance.ts';
import { isSpelled, TermCursor } from './term-list.ts';

/** The terms of all parts of the index that begin with one letter. */
export interface TermsOfLetter {
  /** Lists of segments (`term-list.ts`). */
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
  termsOf: (letter: string) => Promise<TermsOfLetter>,
  countsOf: (terms: readonly string[]) => Promise<readonly number[]>,
): Promise<string[]> {
  const candidates = new Map<string, Candidate>();
  const spelled = forms.filter(isSpelled);
  for (const letter of new Set(spelled.flatMap((form) => [form.charAt(0), form.charAt(1)]))) {
    collect(letter, spelled, await termsOf(letter), candidates);
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

function rulersOf(forms: readonly string[]): EditDistance[] {
  const [word] = forms;
  return [
    ...forms.map((form) => new EditDistance(form, mostSlips(form))),
    // The slip may be in an ending that the right word's stem does not have.
    ...(word !== undefined && word.length > BEGINNING ? [new EditDistance(word, 1, BEGINNING)] : []),
  ];
}

interface Candidate {
  distance: number;
  count: number;
}

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');

function collect(
  letter: string,
  forms: readonly string[],
  { lists, recent }: TermsOfLetter,
  candidates: Map<string, Candidate>,
): void {
  const offer = (term: string, distance: number, count: number): void => {
    const known = candidates.get(term);
    if (known === undefined) candidates.set(term, { distance, count });
    else known.count += count;
  };
  const rulers = rulersOf(forms);
  // A list has names, numbers and words of other letters, too.
  const offerListed = ({ term, count }: TermCursor, distance: number): void => {
    if (term.startsWith(letter) && isSpelled(term)) offer(term, distance, count);
  };
  for (const list of lists) {
    const cursor = new TermCursor(list);
    for (let hopelessFrom = Infinity; cursor.next(hopelessFrom);) {
      const distance = leastDistance(rulers, cursor, cursor.shared);
      if (distance !== undefined) offerListed(cursor, distance);
      hopelessFrom = rulers.reduce((most, ruler) => Math.max(most, ruler.hopelessFrom), 0);
    }
  }
  for (const part of recent) {
    for (const term of part.spelledWith(letter)) {
      const distance = leastDistance(rulers, term, 0);
      if (distance !== undefined) offer(term, distance, part.count(term));
    }
  }
}

function leastDistance(rulers: readonly EditDistance[], term: Letters, shared: number): number | undefined {
  let least: number | undefined;
  for (const ruler of rulers) {
    const distance = ruler.of(term, shared);
    if (distance !== undefined && (least === undefined || distance < least)) least = distance;
  }
  return least;
}

function best(candidates: ReadonlyMap<string, Candidate>): string[] {
  return [...candidates]
    .filter(([, { count }]) => count > 0)
    .sort(([a, x], [b, y]) => x.distance - y.distance || y.count - x.count || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS)
    .map(([term]) => term);
}
