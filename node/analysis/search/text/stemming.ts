import { stemmer } from 'stemmer';
import { french, german, italian, portuguese, spanish, type LightStem } from './light-stems.ts';

/** How words are stemmed, by a number that is stored: the place in `stems`. */
export type Stemming = number;

/** Each takes a Latin word in lower case without accents. The order is part of what is stored. */
const stems: readonly LightStem[] = [(word) => word, stemmer, spanish, portuguese, french, german, italian];

/** For names, which are no words of a language. */
export const AS_WRITTEN: Stemming = 0;
/** For texts of which no more is known: most are in English, and it takes off the plurals of Romance languages, too. */
export const ENGLISH: Stemming = 1;

const byLanguage: Readonly<Record<string, Stemming>> = {
  en: ENGLISH,
  es: 2,
  gl: 3,
  pt: 3,
  fr: 4,
  de: 5,
  it: 6,
};

/** How the words of a text are stemmed whose language (BCP 47) may be known. */
export function stemmingOf(language: string | undefined): Stemming {
  return byLanguage[language?.slice(0, 2).toLowerCase() ?? ''] ?? ENGLISH;
}

const LATIN = /^[a-z]+$/;

/** @param folded a word in lower case, without accents */
export function stemOf(folded: string, stemming: Stemming): string {
  return LATIN.test(folded) ? (stems[stemming]?.(folded) ?? folded) : folded;
}

/** All stems that a word may have been indexed under, each once: nothing tells in what language a query is. */
export function allStems(folded: string): string[] {
  return [...new Set(stems.map((_, stemming) => stemOf(folded, stemming)))];
}
