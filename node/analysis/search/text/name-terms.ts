import type { Agent } from '../../../../vocab/record.ts';
import type { Lexicon } from './lexicon.ts';
import { initialOf } from './marked-terms.ts';
import { AS_WRITTEN } from './stemming.ts';

const LONGEST_NAME = 200;

/**
 * The terms, by their numbers in a lexicon, by which a person is found as surname with initial ("Knoth, P."): for each end
 * of a surname of several words, and in both orders where the order of the name is not known.
 */
export function nameTerms({ name, family, given, kind }: Agent, lexicon: Lexicon): number[] {
  if (kind === 'organisation') return [];
  const comma = name.indexOf(',');
  const [surname, others] =
    family !== undefined && given !== undefined
      ? [family, given]
      : comma > 0
        ? [name.slice(0, comma), name.slice(comma + 1)]
        : [undefined, undefined];
  if (surname === undefined || others === undefined) {
    const ends = endsOf(name, lexicon);
    if (ends === undefined || ends.words < 2) return [];
    return distinct(
      lexicon.numberOfName(ends.last, initialOf(lexicon.term(ends.first))),
      lexicon.numberOfName(ends.first, initialOf(lexicon.term(ends.last))),
    );
  }
  const givenName = endsOf(others, lexicon);
  const ends = endsOf(surname, lexicon);
  if (givenName === undefined || ends === undefined) return [];
  const initial = initialOf(lexicon.term(givenName.first));
  return distinct(lexicon.numberOfName(ends.first, initial), lexicon.numberOfName(ends.last, initial));
}

/** The first and the last word of a name, as terms: names have no stems. */
function endsOf(name: string, lexicon: Lexicon): { words: number; first: number; last: number } | undefined {
  const words = lexicon.read(name.length > LONGEST_NAME ? name.slice(0, LONGEST_NAME) : name, AS_WRITTEN);
  if (words === 0) return undefined;
  return { words, first: lexicon.termOf(lexicon.found[0]!), last: lexicon.termOf(lexicon.found[words - 1]!) };
}

const distinct = (a: number, b: number): number[] => (a === b ? [a] : [a, b]);
