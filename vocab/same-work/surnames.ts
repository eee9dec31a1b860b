import type { Agent } from '../record.ts';
import { firstCharacters, foldedWords, withoutMarkup } from './folding.ts';

const MAX_AUTHORS = 50;
const MAX_NAME_LENGTH = 200;
const MAX_WORDS = 8;

/** Parts of surnames that some sources leave out or put elsewhere. */
const particles = new Set(
  'al bin da das de del della den der di dos du e el ibn la le les ten ter van von y zu jr sr ii iii iv'.split(
    ' ',
  ),
);
const umlautInTwoLetters = /([aou])e/g;

/** The surnames under which authors are compared. */
export interface AuthorForms {
  /** Of the first author; empty where there is none. */
  first: string[];
  /** Of all, the first one's too. */
  all: string[];
}

/**
 * The surnames of a record's authors (of its contributors where it names no author), of at most 50 of them.
 * Where the order of a name's parts is not known, each part counts as a surname.
 */
export function authorForms(record: {
  creators: readonly Agent[];
  contributors: readonly Agent[];
}): AuthorForms {
  const agents = record.creators.length > 0 ? record.creators : record.contributors;
  const forms = agents.slice(0, MAX_AUTHORS).map(surnameForms);
  return { first: forms[0] ?? [], all: [...new Set(forms.flat())] };
}

function surnameForms({ name, family, kind }: Agent): string[] {
  if (kind === 'organisation') return distinct([surnameWords(name).join('')]);
  const comma = name.indexOf(',');
  const surname = family ?? (comma > 0 ? name.slice(0, comma) : undefined);
  if (surname === undefined) return distinct(surnameWords(name).filter((word) => !isInitial(word)));
  const words = surnameWords(surname);
  // "García Márquez" is also found as "García" and as "Márquez".
  return distinct([words.join(''), words[0] ?? '', words.at(-1) ?? '']);
}

function surnameWords(text: string): string[] {
  const words = foldedWords(withoutMarkup(firstCharacters(text, MAX_NAME_LENGTH))).slice(0, MAX_WORDS);
  const telling = words.filter((word) => !particles.has(word));
  return telling.length > 0 ? telling : words;
}

/** One Latin letter; in other scripts a name may be one sign. */
const isInitial = (word: string): boolean => /^[a-z]$/.test(word);

/** Each form once. "Müller" is folded to "muller", and so "Mueller" has to be found as "muller" too. */
function distinct(forms: readonly string[]): string[] {
  const withUmlauts = [...forms, ...forms.map((form) => form.replace(umlautInTwoLetters, '$1'))];
  return [...new Set(withUmlauts.filter((form) => form !== ''))];
}
