import type { Agent } from '../../../vocab/record.ts';
import { fold, wordsOf } from './text-normalisation.ts';

const MARK = '@';
const LONGEST_NAME = 200;

/** Whether a term stands for a surname with an initial. No word has the mark. */
export const isNameTerm = (term: string): boolean => term.startsWith(MARK);
export const nameTerm = (surname: string, initial: string): string => `${MARK}${surname} ${initial}`;

/** The words of a name, without accents: names have no stems. */
export const nameWords = (name: string): string[] => wordsOf(name.slice(0, LONGEST_NAME)).map(fold);

/**
 * The terms by which a person is found as surname with initial ("Knoth, P."): for each end of a surname of several words,
 * and in both orders where the order of the name is not known.
 */
export function nameTerms({ name, family, given, kind }: Agent): string[] {
  if (kind === 'organisation') return [];
  const comma = name.indexOf(',');
  const [surname, others] =
    family !== undefined && given !== undefined
      ? [family, given]
      : comma > 0
        ? [name.slice(0, comma), name.slice(comma + 1)]
        : [undefined, undefined];
  if (surname === undefined || others === undefined) {
    const words = nameWords(name);
    const [first, last] = [words[0], words.at(-1)];
    if (words.length < 2 || first === undefined || last === undefined) return [];
    return distinct([nameTerm(last, initialOf(first)), nameTerm(first, initialOf(last))]);
  }
  const initial = initialOf(nameWords(others)[0] ?? '');
  const words = nameWords(surname);
  if (initial === '') return [];
  return distinct(
    [words[0], words.at(-1)].flatMap((word) => (word === undefined ? [] : nameTerm(word, initial))),
  );
}

/** The first letter, which may take two UTF-16 units. */
export const initialOf = (word: string): string =>
  String.fromCodePoint(...(word === '' ? [] : [word.codePointAt(0) ?? 0]));

const distinct = (terms: readonly string[]): string[] => [...new Set(terms)];
