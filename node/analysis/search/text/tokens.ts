import { Lexicon } from './lexicon.ts';
import type { Stemming } from './stemming.ts';

/** A word of a text: as it may be shown (lower case), and the term it is found by. */
export interface Token {
  word: string;
  term: string;
  isStopWord: boolean;
}

let latest = new Lexicon();

/** The lexicon to begin a document with. What the process has read before is in it, and nothing else hangs on it. */
export function currentLexicon(): Lexicon {
  if (latest.isFull) latest = new Lexicon();
  return latest;
}

/** The words of a text, in order. */
export function tokensOf(text: string, stemming: Stemming): Token[] {
  const lexicon = currentLexicon();
  const count = lexicon.read(text, stemming);
  return Array.from(lexicon.found.subarray(0, count), (word) => ({
    word: lexicon.word(word),
    term: lexicon.term(lexicon.termOf(word)),
    isStopWord: lexicon.isStopWord(word),
  }));
}

/** The term that a word from `wordsOf` is found by: without accents, and Latin words by their stem. */
export function termOf(word: string, stemming: Stemming): string {
  const lexicon = currentLexicon();
  return lexicon.term(lexicon.termOf(lexicon.numberOf(word, stemming)));
}
