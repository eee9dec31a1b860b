import type { CitedProfile } from './cited-profile.ts';
import { lettersWithMarks, PAUSE, STOP, withoutMarks } from './letters.ts';
import { shareAuthor } from './names.ts';
import type { TitleForm, WorkProfile } from './work-profile.ts';

/** How a held work answers to a reference by its title and authors. */
export interface TitleMatch {
  /** Letters of the title. */
  letters: number;
  /** Of the work; undefined where it is not known. */
  year: number | undefined;
  /** Years between the work and the reference; undefined where one of them is not known. */
  apart: number | undefined;
}

const ANY = { words: 1, letters: 5 };
/** What a title needs to stand for a work where year or author cannot be compared, or neither. */
const WITH_AUTHOR = { words: 3, letters: 14 };
const WITH_YEAR = { words: 4, letters: 22 };
const ALONE = { words: 6, letters: 34 };
/** Of a work of another year. */
const TELLING = { words: 2, letters: 9 };
/** Behind a comma or colon a title may go on. */
const BEFORE_PAUSE = 12;

/** Titles that begin so are often of headings, which many works have. */
const headings = [
  'abstract',
  'book review',
  'contents',
  'editor',
  'editorial',
  'erratum',
  'foreword',
  'index',
  'introduction',
  'preface',
  'proceedings',
  'report',
  'review',
  'editoriales',
  'introducción',
  'prólogo',
  'reseña',
  'introdução',
  'prefácio',
  'resenha',
  'éditorial',
  'préface',
  'recension',
  'einleitung',
  'vorwort',
].map((heading) => withoutMarks(lettersWithMarks(heading)));

/**
 * Whether the reference may be to the work, going by title and authors; `best` decides, by the years, between those that
 * it may be to. Identifiers come before: this is for works that have none in common with it.
 *
 * The title of the work has to be where the title of the reference begins, and end where that may end. The first author
 * of one has to be among the authors of the other where both are known; where authors or years are not, the title has to
 * say the more. DOIs that differ are of different works, and so are first pages in different years.
 */
export function matchByTitle(cited: CitedProfile, work: WorkProfile): TitleMatch | undefined {
  if (contradict(cited.identifiers, work.identifiers)) return undefined;
  const hasAuthors = cited.names.length > 0 && work.authors.first.length > 0;
  if (hasAuthors && !shareAuthor(work.authors, cited.names)) return undefined;
  const { year } = work;
  const apart = cited.year === undefined || year === undefined ? undefined : Math.abs(cited.year - year);
  if (apart !== undefined && apart > 0 && otherPages(cited, work)) return undefined;
  let found: TitleMatch | undefined;
  for (const title of work.titles) {
    if (found !== undefined && title.letters.length <= found.letters) continue;
    if (!says(title, needed(hasAuthors, apart)) || !begins(cited.letters, title)) continue;
    if (isHeading(title) && !(hasAuthors && apart === 0)) continue;
    found = { letters: title.letters.length, year, apart };
  }
  return found;
}

/**
 * Of the works that a reference may be to those that it is to: of the longest title, those of the same year; if there are
 * none, those a year apart or of unknown year. Where several works of different years have the title, only the year can
 * tell which one it is.
 */
export function best<T extends { match: TitleMatch }>(found: readonly T[]): T[] {
  const longest = Math.max(...found.map(({ match }) => match.letters));
  const closest = found.filter(({ match }) => match.letters === longest);
  const sameYear = closest.filter(({ match }) => match.apart === 0);
  if (sameYear.length > 0) return sameYear;
  if (new Set(closest.map(({ match }) => match.year)).size > 1) return [];
  return closest.filter(({ match }) => match.apart === undefined || match.apart === 1);
}

function needed(hasAuthors: boolean, apart: number | undefined): { words: number; letters: number } {
  if (hasAuthors && apart === 0) return ANY;
  if (hasAuthors) return apart === undefined ? WITH_AUTHOR : TELLING;
  return apart === undefined ? ALONE : WITH_YEAR;
}

function isHeading({ letters }: TitleForm): boolean {
  return headings.some((heading) => letters.startsWith(heading));
}

function says({ words, letters }: TitleForm, least: { words: number; letters: number }): boolean {
  return words >= least.words && letters.length >= least.letters;
}

/** Whether the letters of the reference begin with the title, and it may end there. */
function begins(letters: string, title: TitleForm): boolean {
  let at = 0;
  for (const letter of title.letters) {
    while (letters[at] === STOP || letters[at] === PAUSE) at += 1;
    if (letters[at] !== letter) return false;
    at += 1;
  }
  const next = letters[at];
  if (next === undefined || next === STOP) return true;
  return next === PAUSE && title.whole && title.letters.length >= BEFORE_PAUSE;
}

/** DOIs on both sides, and none in common. Those of preprints are arXiv numbers here. */
function contradict(a: readonly string[], b: readonly string[]): boolean {
  const isDoi = (text: string): boolean => text.startsWith('doi:');
  return a.some(isDoi) && b.some(isDoi) && !a.some((text) => isDoi(text) && b.includes(text));
}

function otherPages({ pages }: CitedProfile, { page }: WorkProfile): boolean {
  return page !== undefined && pages.length > 0 && !pages.includes(page);
}
