import { withoutStrokes } from '../../../../vocab/stroke-letters.ts';
import { allStems } from './stemming.ts';
import { isStopWord } from './stop-words.ts';

/** Characters of one text that are read; a record has more than one text. */
export const TEXT_LENGTH = 100_000;
/** UTF-16 units of a word. */
export const WORD_LENGTH = 40;

/** Neither white space nor a visible ASCII character. */
const BEYOND_ASCII = /[^\s!-~]/;
const ASCII_WORDS = /[a-z0-9]+/g;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
/** Scripts that are written without spaces between words. */
const UNSPACED = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}';
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, 'gu');
/** Accents of Latin, Greek and Cyrillic, the points of Hebrew, the vowel signs of Arabic. In other scripts marks are letters. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

/** A word as a query has it, without accents: all terms that texts in any language may have it under, as written first. */
export interface QueryToken {
  word: string;
  terms: readonly string[];
  isStopWord: boolean;
}

export function queryTokens(word: string): QueryToken[] {
  return wordsOf(word).map((each) => {
    const folded = fold(each);
    return { word: folded, terms: allStems(folded), isStopWord: isStopWord(folded) };
  });
}

/** What all terms of a word begin with, where that is plain without folding and stemming it: stems keep the first letter. */
export function initialOfTerms(word: string): string | undefined {
  return BEYOND_ASCII.test(word) ? undefined : word.charAt(0).toLowerCase();
}

/**
 * The words of a text, in order, in lower case. Runs of a script without spaces give their overlapping pairs of
 * characters. Time is linear in the text, of which the first 100,000 characters are read, and of a word 40.
 */
export function wordsOf(whole: string): string[] {
  const text = whole.length > TEXT_LENGTH ? whole.slice(0, TEXT_LENGTH) : whole;
  if (!BEYOND_ASCII.test(text)) return (text.toLowerCase().match(ASCII_WORDS) ?? []).map(cut);
  const words = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().match(WORDS) ?? [];
  return words.flatMap((word) => (HAS_UNSPACED.test(word) ? unspacedWords(word) : [cut(word)]));
}

/** A word as it stands in a text. */
export interface WordSpan {
  word: string;
  from: number;
  to: number;
}

/** With what is not seen inside of words. */
const SPANS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200b-\u200f\u2060\ufeff]*/gu;

/** Where the words of a text are; a run of a script without spaces is one. */
export function wordSpans(text: string): WordSpan[] {
  return Array.from(text.slice(0, TEXT_LENGTH).matchAll(SPANS), ({ 0: word, index }) => ({
    word,
    from: index,
    to: index + word.length,
  }));
}

function unspacedWords(text: string): string[] {
  return (text.match(RUNS) ?? []).flatMap((run) => {
    if (!HAS_UNSPACED.test(run)) return [cut(run)];
    const characters = Array.from(run);
    if (characters.length === 1) return characters;
    return characters.slice(1).map((character, i) => `${characters[i] ?? ''}${character}`);
  });
}

/** The first 40 UTF-16 units of a word, and never half a character. */
function cut(word: string): string {
  return word.length <= WORD_LENGTH ? word : word.slice(0, WORD_LENGTH).replace(/[\ud800-\udbff]$/, '');
}

export function fold(word: string): string {
  if (!BEYOND_ASCII.test(word)) return word;
  return withoutStrokes(word.normalize('NFD').replace(ACCENTS, '').normalize('NFC'));
}

/** Letters of the scripts that are written by keyboards with keys to slip on: all of them take one UTF-16 unit. */
const SPELLED = /^(?:(?![\u{10000}-\u{10ffff}])\p{L}){4,}$/u;

/** Whether a term is long enough, and all letters, so that a slip of the pen can be told from another word. */
export const isSpelled = (term: string): boolean => SPELLED.test(term);
