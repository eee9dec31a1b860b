import { decodeHTML } from 'entities';
import { withoutStrokes } from '../stroke-letters.ts';
import { reread } from './misread-letters.ts';

const tag = /<\/?[a-zA-Z][^<>]{0,200}>/g;
const plainAscii = /^[ -~]*$/;
/** Accents of Latin, Greek and Cyrillic, and the vowel signs that Arabic and Hebrew mostly leave out; not the vowels of Indic scripts. */
const optionalMarks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f]/g;
const apostrophes = /['’‘ʼ`´]/g;
/** In place of a letter that a source could not write; between words it is a question. */
const lostLetters = /(?<=\p{L})[?\ufffd]+(?=\p{L})/gu;
const word = /[\p{L}\p{N}\p{M}]+/gu;

/** Text without the HTML that repositories leave in it (`&amp;uuml;`, escaped twice, and `<i>` go), and with its letters as they were written. */
export function withoutMarkup(text: string): string {
  const decoded = text.includes('&') ? decodeHTML(decodeHTML(text)) : text;
  const plain = decoded.includes('<') ? decoded.replace(tag, ' ') : decoded;
  return plainAscii.test(plain) ? plain : reread(plain);
}

/** The words of a text as they are compared: lower case, without accents and punctuation. */
export function foldedWords(text: string): string[] {
  const folded = foldLetters(text).replace(apostrophes, '');
  if (!plainAscii.test(folded)) return folded.replace(lostLetters, '').match(word) ?? [];
  return asciiWords(folded.includes('?') ? folded.replace(lostLetters, '') : folded);
}

/** Runs of letters and digits. Most text is plain, and most of the time of a comparison was the expression that finds its words. */
function asciiWords(lower: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at < lower.length; at++) {
    const sign = lower.charCodeAt(at);
    const isOfWord = (sign >= 97 && sign <= 122) || (sign >= 48 && sign <= 57);
    if (isOfWord) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      words.push(lower.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0) words.push(lower.slice(start));
  return words;
}

const digits = /^\p{N}+$/u;

/** Whether a folded word is a number. Most begin with a Latin letter, and need no expression to tell. */
export function isNumber(word: string): boolean {
  const first = word.charCodeAt(0);
  return !(first >= 97 && first <= 122) && digits.test(word);
}

function foldLetters(text: string): string {
  const lower = text.toLowerCase();
  if (plainAscii.test(lower)) return lower;
  return withoutStrokes(lower.normalize('NFKD').replace(optionalMarks, '').normalize('NFC'));
}

/** The first `length` characters, never half a surrogate pair: what is stored must come back the same. */
export function firstCharacters(text: string, length: number): string {
  const end = Math.min(length, text.length);
  const isHalf = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return text.slice(0, isHalf ? end - 1 : end);
}
