import type { LanguageString } from '../record.ts';
import { firstCharacters, foldedWords, isNumber, withoutMarkup } from './folding.ts';
import { genericWords, otherWorkWords } from './generic-words.ts';

/** One way to write a title, as words. */
export interface TitleForm {
  words: string;
  /** False where it is only what stands before the subtitle. */
  whole: boolean;
}

const MAX_TITLES = 4;
const MAX_TITLE_LENGTH = 2_000;
/** What a title needs to tell a work from others, together with author and year. */
const TELLING_WHOLE = { words: 2, letters: 12 };
/** A title without its subtitle says less of the work, and so has to be longer. */
const TELLING_MAIN = { words: 3, letters: 18 };

const subtitleSeparator = /:\s|\s:|\s[-‐‒–—]+\s|—|\?\s|\s\(/;
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * The forms under which a record's titles are compared: each whole title and, where it has a subtitle (behind a colon,
 * a spaced dash, a question mark or an opening bracket), what stands before it. Titles that say too little ("Editorial", "Introduction to the special issue") have none.
 */
export function titleForms(titles: readonly LanguageString[]): TitleForm[] {
  const forms = new Map<string, TitleForm>();
  const add = (words: string[], whole: boolean): void => {
    if (!isTelling(words, whole ? TELLING_WHOLE : TELLING_MAIN)) return;
    const form = { words: words.join(' '), whole };
    const known = forms.get(form.words);
    if (known === undefined || whole) forms.set(form.words, form);
  };
  for (const { value } of titles.slice(0, MAX_TITLES)) {
    const text = withoutMarkup(firstCharacters(value, MAX_TITLE_LENGTH)).trim();
    add(foldedWords(text), true);
    const main = withoutSubtitle(text);
    if (main !== undefined) add(foldedWords(main), false);
  }
  return [...forms.values()];
}

/** What stands before the subtitle, or undefined where there is none, or one that makes it another work ("X: a reply"). */
function withoutSubtitle(text: string): string | undefined {
  const at = text.search(subtitleSeparator);
  if (at <= 0 || foldedWords(text.slice(at)).some((word) => otherWorkWords.has(word))) return undefined;
  return text.slice(0, at);
}

function isTelling(words: readonly string[], least: { words: number; letters: number }): boolean {
  let telling = 0;
  let letters = 0;
  for (const word of words) {
    if (genericWords.has(word) || isNumber(word)) continue;
    // A run of a script without spaces is several words, and a sign of it says more than a letter.
    const dense = withoutSpaces.test(word);
    telling += dense ? Math.floor(word.length / 2) : 1;
    letters += dense ? word.length * 2 : word.length;
  }
  return telling >= least.words && letters >= least.letters;
}
