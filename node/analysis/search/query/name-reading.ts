import { END, PostingCursor } from '../postings/posting-cursor.ts';
import type { TermPostings } from '../postings/postings.ts';
import { isOfCreators } from '../postings/weights.ts';
import { initialOf, nameTerm } from '../text/marked-terms.ts';

/** A way to read words as a person's name: of each list one term must be among the creators of a document. */
export type NameReading = readonly (readonly string[])[];

const MOST_WORDS = 6;

/**
 * The ways to read words as a name, with the surname first or last. The other words are given names.
 * @param isLoose whether an initial in a record will do for a given name that is spelt out
 */
export function nameReadings(words: readonly string[], isLoose: boolean): NameReading[] {
  const [first, second, last] = [words[0], words[1], words.at(-1)];
  if (first === undefined || second === undefined || last === undefined || words.length > MOST_WORDS)
    return [];
  const reading = (surname: string, initialled: string): NameReading => [
    [nameTerm(surname, initialOf(initialled))],
    ...words
      .filter((word) => word !== surname && initialOf(word) !== word)
      .map((word) => (isLoose ? [word, initialOf(word)] : [word])),
  ];
  return [reading(last, first), reading(first, second), ...(words.length > 2 ? [reading(first, last)] : [])];
}

/** The documents, ascending, of which a reading is true. */
export function namedDocuments(
  readings: readonly NameReading[],
  postings: (term: string) => TermPostings,
): number[] {
  const found = readings.flatMap((reading) => {
    const [first = [], ...others] = reading.map((terms) => documentsWithAny(terms.map(postings)));
    return others.reduce((left, other) => intersection(left, other), first);
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function documentsWithAny(terms: readonly TermPostings[]): number[] {
  const lists = terms.map(({ blocks }) => {
    const documents: number[] = [];
    const cursor = new PostingCursor(blocks);
    for (; cursor.document !== END; cursor.advance()) {
      if (isOfCreators(cursor.weight)) documents.push(cursor.document);
    }
    return documents;
  });
  const [only] = lists;
  return lists.length === 1 ? (only ?? []) : [...new Set(lists.flat())].sort((a, b) => a - b);
}

function intersection(a: readonly number[], b: readonly number[]): number[] {
  const both: number[] = [];
  let at = 0;
  for (const document of a) {
    while (at < b.length && (b[at] ?? 0) < document) at += 1;
    if (b[at] === document) both.push(document);
  }
  return both;
}
