import type { LanguageString } from '../record.ts';
import type { ComparedName } from './compared-name.ts';
import { firstCharacters, foldedWords, isNumber, withoutMarkup } from './folding.ts';
import { genericWords } from './generic-words.ts';
import { numberingOf, partBegins, type Numbering } from './numbering.ts';
import { titleKind, type TitleKind } from './title-kind.ts';
import { titleLanguage } from './title-language.ts';

const MOST_TITLES = 3;
const MOST_LETTERS = 600;
const MOST_WORDS = 60;

const subtitleSeparator = /:\s|\s:|\s[-‐‒–—]+\s|—|\?\s|\s\(|;\s/;
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const beyondLatin = /[\u0e01-\uffff]/;

/** How much a title tells: `boilerplate` stands over a thousand texts ("Editorial"), `long` over one. */
export type TitleWeight = 'boilerplate' | 'short' | 'medium' | 'long';

/** What is kept of a title. */
export interface StoredTitle {
  /** Folded, with a space between two. */
  words: string;
  /** How many of the words stand before the subtitle; 0 where there is none. */
  main: number;
  /** BCP 47 main language, as tagged. */
  language?: string;
}

/** A title with what it is compared by, each worked out when it is first wanted. */
export class ComparedTitle implements StoredTitle {
  readonly words: string;
  readonly main: number;
  readonly language?: string;
  #letters: string | undefined;
  #list: readonly string[] | undefined;
  #tokens: readonly string[] | undefined;
  #numbering: Numbering | undefined;
  #kind: TitleKind | false | undefined;
  #weight: TitleWeight | undefined;
  #guessed: string | false | undefined;
  #mainTitle: ComparedTitle | undefined;

  constructor({ words, main, language }: StoredTitle) {
    this.words = words;
    this.main = main;
    if (language !== undefined) this.language = language;
  }

  /** Without spaces, so that "e-print" is "eprint". */
  get letters(): string {
    return (this.#letters ??= this.words.replaceAll(' ', ''));
  }

  get list(): readonly string[] {
    return (this.#list ??= this.words.split(' '));
  }

  /** What is held against the other title one by one: words, and pairs of signs where a script has no spaces. */
  get tokens(): readonly string[] {
    return (this.#tokens ??= beyondLatin.test(this.words) ? this.list.flatMap(signs) : this.list);
  }

  get numbering(): Numbering {
    return (this.#numbering ??= numberingOf(this.list, this.main || this.list.length));
  }

  get kind(): TitleKind | undefined {
    return (this.#kind ??= titleKind(this.words) ?? false) || undefined;
  }

  get weight(): TitleWeight {
    return (this.#weight ??= weightOf(this.list));
  }

  /** The language of its words, as far as they tell; else as it is tagged. */
  get guessedLanguage(): string | undefined {
    return (this.#guessed ??= titleLanguage(this.list) ?? this.language ?? false) || undefined;
  }

  /** What stands before the subtitle, as a title of its own; itself where there is none. */
  get mainTitle(): ComparedTitle {
    if (this.main === 0) return this;
    this.#mainTitle ??= new ComparedTitle({
      words: this.list.slice(0, this.main).join(' '),
      main: 0,
      ...(this.language !== undefined && { language: this.language }),
    });
    return this.#mainTitle;
  }
}

/**
 * The first titles of a record that have words, each once.
 *
 * @param authors a statement of responsibility that names one of them is no part of the title
 */
export function comparedTitles(
  titles: readonly LanguageString[],
  authors: readonly ComparedName[],
): ComparedTitle[] {
  const found: ComparedTitle[] = [];
  for (const { value, language } of titles.slice(0, MOST_TITLES)) {
    const text = withoutResponsibility(withoutMarkup(firstCharacters(value, MOST_LETTERS)).trim(), authors);
    const list = foldedWords(text).slice(0, MOST_WORDS);
    const words = list.join(' ');
    if (words === '' || found.some((title) => title.words === words)) continue;
    const at = text.search(subtitleSeparator);
    const main = Math.min(at > 0 ? foldedWords(text.slice(0, at)).length : list.length, partBegins(list));
    found.push(
      new ComparedTitle({
        words,
        main: main < list.length ? main : 0,
        ...(language !== undefined && { language: language.toLowerCase().split('-')[0] ?? '' }),
      }),
    );
  }
  return found;
}

/** "Title / Given Family and Given Family", as the International Standard Bibliographic Description has it (ISBD 0.3, area 1). */
function withoutResponsibility(text: string, authors: readonly ComparedName[]): string {
  const at = text.lastIndexOf(' / ');
  if (at <= 0) return text;
  const surnames = new Set(authors.flatMap(({ family }) => family.split(' ')));
  return foldedWords(text.slice(at)).some((word) => surnames.has(word)) ? text.slice(0, at) : text;
}

function signs(word: string): string[] {
  if (!withoutSpaces.test(word) || word.length < 3) return [word];
  return Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2));
}

function weightOf(list: readonly string[]): TitleWeight {
  let telling = 0;
  let letters = 0;
  for (const word of list) {
    if (word.length < 2 || genericWords.has(word) || isNumber(word)) continue;
    // A run of a script without spaces is several words, and a sign of it says more than a letter.
    const isDense = beyondLatin.test(word) && withoutSpaces.test(word);
    telling += isDense ? Math.ceil(word.length / 2) : 1;
    letters += isDense ? word.length * 3 : word.length;
  }
  if (telling === 0) return 'boilerplate';
  if (letters >= 32 && telling >= 4) return 'long';
  if (letters >= 16 && telling >= 2) return 'medium';
  return 'short';
}
