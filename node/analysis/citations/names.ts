import type { Agent } from '../../../vocab/record.ts';
import { folded } from './letters.ts';

/*
 * Names of authors as they are compared: as surnames in metadata, as words in the references of a PDF.
 */

const MAX_AUTHORS = 20;
const MAX_NAME = 200;
const MAX_WORDS = 60;
/** Names of so many letters are also found where a PDF has lost spaces or ligatures. */
const LONG_NAME = 6;
/** A first author's names are among so many words. */
const WORDS_OF_FIRST = 4;

const word = /[\p{L}\p{M}]+/gu;
const dividedWord = /(\p{L})-\s+(?=\p{Ll})/gu;
const particles = new Set(
  'al and bin da das de del della den der di dos du el eds et jr la le les others sr ten ter the van von y und zu'.split(
    ' ',
  ),
);

/** The surnames of a work's authors; of those whose names are not told apart, all words of the name. */
export interface AuthorNames {
  first: readonly string[];
  all: readonly string[];
}

export function authorNames(creators: readonly Agent[]): AuthorNames {
  const names = creators.slice(0, MAX_AUTHORS).map(surnames);
  return { first: names[0] ?? [], all: [...new Set(names.flat())] };
}

function surnames({ name, family }: Agent): string[] {
  const comma = name.indexOf(',');
  const surname = family ?? (comma > 0 ? name.slice(0, comma) : name);
  const words = nameWords(surname);
  return words.length > 1 ? [...words, words.join('')] : words;
}

/** The words of names that tell: no initials, no particles. */
export function nameWords(text: string): string[] {
  const whole = text.slice(0, MAX_NAME * 5).replace(dividedWord, '$1');
  const words =
    folded(whole)
      .replace(/['’‘ʼ]/g, '')
      .match(word) ?? [];
  return words
    .filter((part) => !/^[a-z]$/.test(part) && !particles.has(part))
    .slice(0, MAX_WORDS)
    .map((part) => part.replace(/([aou])e/g, '$1'));
}

/** Whether the first author of one is among the authors of the other. */
export function shareAuthor(work: AuthorNames, named: readonly string[]): boolean {
  const together = withoutLigatures(named.join(''));
  const isNamed = (name: string): boolean =>
    named.includes(name) || (name.length >= LONG_NAME && together.includes(withoutLigatures(name)));
  return work.first.some(isNamed) || named.slice(0, WORDS_OF_FIRST).some((name) => work.all.includes(name));
}

/** "Pinﬁeld", and "Pin eld" where the PDF has lost it. */
function withoutLigatures(name: string): string {
  return name.replace(/[fil]/g, '');
}
