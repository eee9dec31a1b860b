import { stemmer } from 'stemmer';
import { withoutStrokes } from '../../../vocab/stroke-letters.ts';
import { isStopWord } from './stop-words.ts';

/** A word of a text: as it may be shown (lower case), and the term it is found by. */
export interface Token {
  word: string;
  term: string;
  isStopWord: boolean;
}

/** Characters of one text that are read; a record has more than one text. */
const TEXT_LENGTH = 100_000;
const WORD_LENGTH = 40;

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
const LATIN = /^[a-z]+$/;

/**
 * The words of a text, at most `limit`, in order. Stop words are left out, unless the text has no others ("The Who").
 * Runs of a script without spaces give their overlapping pairs of characters. Time is linear in the text, of which the
 * first 100,000 characters are read, and of a word 40.
 */
export function tokensOf(text: string, limit: number): Token[] {
  const tokens = wordsOf(text.slice(0, TEXT_LENGTH)).map(tokenOf);
  const telling = tokens.filter(({ isStopWord }) => !isStopWord);
  return (telling.length > 0 ? telling : tokens).slice(0, limit);
}

/** The tokens of one word: one, or several of a run of a script without spaces. */
export function tokensOfWord(word: string): Token[] {
  return wordsOf(word).map(tokenOf);
}

/** The term that a word from `tokensOf` is found by: without accents, Latin words by Porter's stem. */
export function termOf(word: string): string {
  return tokenOf(word).term;
}

/** Words come again and again, and stemming is most of the work: what was made of the latest is kept. */
const latestTokens = new Map<string, Token>();
const MOST_LATEST_TOKENS = 16_384;

function tokenOf(word: string): Token {
  const known = latestTokens.get(word);
  if (known !== undefined) return known;
  const folded = fold(word);
  const [own, term] = [ownCopy(word), stem(folded)];
  const token: Token = {
    word: own,
    term: term === own ? own : ownCopy(term),
    isStopWord: isStopWord(folded),
  };
  if (latestTokens.size >= MOST_LATEST_TOKENS) latestTokens.clear();
  latestTokens.set(token.word, token);
  return token;
}

function wordsOf(text: string): string[] {
  if (!BEYOND_ASCII.test(text)) return (text.toLowerCase().match(ASCII_WORDS) ?? []).map(cut);
  const words = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().match(WORDS) ?? [];
  return words.flatMap((word) => (HAS_UNSPACED.test(word) ? unspacedWords(word) : [cut(word)]));
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

function fold(word: string): string {
  if (!BEYOND_ASCII.test(word)) return word;
  return withoutStrokes(word.normalize('NFD').replace(ACCENTS, '').normalize('NFC'));
}

/** Part of a text keeps the whole text in memory; a copy does not. */
function ownCopy(word: string): string {
  return Buffer.from(word).toString();
}

function stem(folded: string): string {
  return LATIN.test(folded) ? stemmer(folded) : folded;
}
