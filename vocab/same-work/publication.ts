import type { Source } from '../record.ts';
import { firstCharacters, foldedWords } from './folding.ts';
import { isSlip } from './slips.ts';

const MOST_LETTERS = 200;
const MOST_WORDS = 16;
/** How alike a name and its initials are. */
const BY_INITIALS = 0.9;
const subtitle = /:\s|\s(?:--?|[–—:=])\s/;
const numberRun = /[\p{L}]*\d+|(?<![\p{L}])[ivxlcdm]+(?![\p{L}])/giu;

/** Where a text was published, as it is compared. */
export interface Publication {
  /** Words of the journal's, book's or conference's title; the publisher where there is none. */
  title: string;
  volume: string;
  issue: string;
  /** First and last page. */
  first: string;
  last: string;
}

export function publicationOf(source: Source | undefined): Publication {
  const { title = '', volume = '', issue = '', pages = '' } = source ?? {};
  const [first = '', end = ''] = pages.slice(0, 40).toLowerCase().match(numberRun) ?? [];
  return {
    title: titleOf(title),
    volume: number(volume),
    issue: number(issue),
    first: first.replace(/^0+(?=\d)/, ''),
    last: wholeEnd(first, end),
  };
}

/** Worked out once: thousands of records have the same few titles. */
const titles = new Map<string, string>();
const forms = new Map<string, SourceForm>();
const MOST_KEPT = 4_000;

function keep<Value>(known: Map<string, Value>, text: string, value: Value): Value {
  if (known.size >= MOST_KEPT) known.clear();
  known.set(text, value);
  return value;
}

function titleOf(text: string): string {
  const known = titles.get(text);
  if (known !== undefined) return known;
  const title = short(withoutSubtitle(text));
  return text.length > MOST_LETTERS ? title : keep(titles, text, title);
}

const short = (text: string): string =>
  foldedWords(firstCharacters(text, MOST_LETTERS)).slice(0, MOST_WORDS).join(' ');
const number = (text: string): string =>
  text
    .slice(0, 20)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^0+(?=.)/, '');

/** "The VLDB Journal -- The International Journal on …": what a journal adds to its name is seldom said. */
function withoutSubtitle(title: string): string {
  const at = title.search(subtitle);
  return at > 0 && periodical.test(foldedWords(title.slice(0, at)).join(' ')) ? title.slice(0, at) : title;
}

/** `123-30` is `123-130`. */
function wholeEnd(first: string, end: string): string {
  const isShort = /^\d+$/.test(first) && /^\d+$/.test(end) && end.length < first.length;
  return isShort ? first.slice(0, first.length - end.length) + end : end;
}

export const pageLevels = ['same', 'same first', 'overlapping', 'different'] as const;
export type PageLevel = (typeof pageLevels)[number];

export function comparePages(a: Publication, b: Publication): PageLevel | undefined {
  if (a.first === '' || b.first === '') return undefined;
  if (a.first === b.first) {
    if (a.last === b.last) return a.last === '' && Number(a.first) <= 1 ? 'same first' : 'same';
    return 'same first';
  }
  const [from, to, start, end] = [a.first, a.last, b.first, b.last].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return from <= end && start <= to ? 'overlapping' : 'different';
}

export const sourceLevels = [
  'same issue',
  'same volume',
  'same',
  'similar',
  'unlike',
  'different',
  'other kind',
  'other volume',
] as const;
export type SourceLevel = (typeof sourceLevels)[number];

export function compareSources(a: Publication, b: Publication): SourceLevel | undefined {
  if (a.title === '' || b.title === '') return undefined;
  const likeness = a.title === b.title ? 1 : titlesAlike(formOf(a.title), formOf(b.title));
  if (likeness < 1 && areOfOtherKinds(formOf(a.title), formOf(b.title), likeness)) return 'other kind';
  // What stands for what is not to be told where one of them is an acronym or cut short.
  if (likeness < 0.5) return Math.min(a.title.length, b.title.length) < 24 ? 'unlike' : 'different';
  if (likeness < 1 && numbersContradict(formOf(a.title), formOf(b.title))) return 'other volume';
  if (a.volume !== '' && b.volume !== '') {
    if (a.volume !== b.volume) return 'other volume';
    if (a.issue !== '' && b.issue !== '') return a.issue === b.issue ? 'same issue' : 'other volume';
    return 'same volume';
  }
  return likeness === 1 ? 'same' : 'similar';
}

/** The title of a journal, a book or a meeting with what it is compared by. */
interface SourceForm {
  /** In one, without spaces. */
  letters: string;
  telling: readonly string[];
  initials: readonly string[];
  kind: 'periodical' | 'meeting' | undefined;
  years: readonly string[];
  /** "12th", "twelfth". */
  counts: readonly string[];
}

function formOf(title: string): SourceForm {
  const known = forms.get(title);
  if (known !== undefined) return known;
  const words = title.split(' ');
  const numbers = numbersIn(words);
  return keep(forms, title, {
    letters: words.join(''),
    telling: tellingWords(words),
    initials: initialsOf(words),
    kind: kindOf(title),
    years: numbers.filter((number) => aYear.test(number)),
    counts: numbers.filter((number) => !aYear.test(number)),
  });
}

/**
 * A journal and a meeting; and where the kind of one only is told, those that are called by one word or by initials ("VLDB",
 * "Very Large Data Bases" and "VLDB Journal"), but not "Machine Learning" and "Machine Learning Journal".
 */
function areOfOtherKinds(a: SourceForm, b: SourceForm, likeness: number): boolean {
  if (a.kind === b.kind) return false;
  if (a.kind !== undefined && b.kind !== undefined) return true;
  if (likeness < 0.5 || likeness === BY_INITIALS) return false;
  return a.telling.length < 2 || b.telling.length < 2;
}

const ordinalWords =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const aYear = /^(?:19|20)\d\d$/;

/** The 12th meeting is not the 13th, nor that of 1990 the one of 1991; a year and a number do not contradict. */
function numbersContradict(a: SourceForm, b: SourceForm): boolean {
  const contradict = (one: readonly string[], other: readonly string[]): boolean =>
    one.length > 0 && other.length > 0 && !one.some((number) => other.includes(number));
  return contradict(a.years, b.years) || contradict(a.counts, b.counts);
}

function numbersIn(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const digits = /^(\d+)(?:st|nd|rd|th|a|o)?$/.exec(word)?.[1];
    const ordinal = ordinalWords.indexOf(word);
    return digits ?? (ordinal < 0 ? [] : String(ordinal + 1));
  });
}

const periodical =
  /(?:^| )(?:journal|j|jnl|revista|revue|zeitschrift|trans|transactions|annals|anales|magazine|quarterly|bulletin|boletin|letters|record|newsletter)(?: |$)/;
const meeting =
  /(?:^| )(?:proc|proceedings|conf|conference|congress|congreso|congresso|workshop|symposium|simposio|colloquium|meeting|actas|anais|jornadas)(?: |$)/;

function kindOf(title: string): 'periodical' | 'meeting' | undefined {
  if (meeting.test(title)) return 'meeting';
  return periodical.test(title) ? 'periodical' : undefined;
}

const empty = new Set(
  'the of on in and for de la del du des der und et y e a j jnl proc proceedings conference international journal annual workshop'.split(
    ' ',
  ),
);

/** The share of words that both have, abbreviations and initials included: "J. Chem. Phys." and "Journal of Chemical Physics". */
function titlesAlike(a: SourceForm, b: SourceForm): number {
  if (a.initials.includes(b.letters) || b.initials.includes(a.letters)) return BY_INITIALS;
  const [few, many] = a.telling.length <= b.telling.length ? [a, b] : [b, a];
  const [only = ''] = few.telling;
  if (few.telling.length === 1 && initialsOf(many.telling).includes(only)) return BY_INITIALS - 0.01;
  let common = 0;
  for (const word of few.telling) if (many.telling.some((other) => abbreviates(word, other))) common += 1;
  const share = common / ((few.telling.length + many.telling.length) / 2);
  return Math.min(0.99, share >= 0.5 ? common / few.telling.length : share);
}

function tellingWords(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !empty.has(word) && !/^\d/.test(word));
  return kept.length > 0 ? kept : words;
}

function abbreviates(word: string, other: string): boolean {
  if (word === other) return true;
  const [short_, long] = word.length < other.length ? [word, other] : [other, word];
  return (short_.length >= 2 && long.startsWith(short_)) || isSlip(word, other);
}

/** "vldb" of "very large data bases", with and without the function words; at least three letters. */
function initialsOf(words: readonly string[]): string[] {
  const all = words.map((word) => word.charAt(0)).join('');
  const telling = words
    .filter((word) => !empty.has(word))
    .map((word) => word.charAt(0))
    .join('');
  return [all, telling].filter((initials) => initials.length >= 3);
}
