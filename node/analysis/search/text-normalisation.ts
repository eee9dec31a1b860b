import { withoutStrokes } from '../../../vocab/stroke-letters.ts';
import { allStems, stemOf, type Stemming } from './stemming.ts';
import { isStopWord } from './stop-words.ts';
import { TokenTable, type Token } from './token-table.ts';

/** Characters of one text that are read; a record has more than one text. */
const TEXT_LENGTH = 100_000;
const WORD_LENGTH = 40;

const SPACE = 0x20;
const LAST_ASCII = 0x7f;
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

/** The term that a word from `wordsOf` is found by: without accents, and Latin words by their stem. */
export function termOf(word: string, stemming: Stemming): string {
  return tableOf(stemming).find(word, 0, word.length).term;
}

const tables: TokenTable[] = [];
const tableOf = (stemming: Stemming): TokenTable =>
  (tables[stemming] ??= new TokenTable((word) => newToken(word, stemming)));

function newToken(word: string, stemming: Stemming): Token {
  const folded = fold(word);
  const [own, term] = [ownCopy(word), stemOf(folded, stemming)];
  return { word: own, term: term === own ? own : ownCopy(term), isStopWord: isStopWord(folded) };
}

/**
 * The tokens of all words of a text (`wordsOf`), in order. Nearly all stretches between two spaces are ASCII, of whose words
 * no strings need to be made.
 */
export function tokensOf(whole: string, stemming: Stemming): Token[] {
  const table = tableOf(stemming);
  const text = whole.length > TEXT_LENGTH ? whole.slice(0, TEXT_LENGTH) : whole;
  const tokens: Token[] = [];
  let word = -1;
  let stretch = 0;
  let tokensBefore = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = at === text.length ? SPACE : text.charCodeAt(at);
    if (isLetterOrDigit(unit)) {
      if (word === -1) word = at;
      continue;
    }
    if (unit > LAST_ASCII) {
      while (at < text.length && text.charCodeAt(at) > SPACE) at += 1;
      tokens.length = tokensBefore;
      for (const each of wordsOf(text.slice(stretch, at))) tokens.push(table.find(each, 0, each.length));
    } else if (word !== -1) tokens.push(table.find(text, word, Math.min(at, word + WORD_LENGTH)));
    word = -1;
    if (unit <= SPACE || unit > LAST_ASCII) {
      stretch = at + 1;
      tokensBefore = tokens.length;
    }
  }
  return tokens;
}

const isLetterOrDigit = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);

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

/** Part of a text keeps the whole text in memory; a copy does not. */
function ownCopy(word: string): string {
  return Buffer.from(word).toString();
}
