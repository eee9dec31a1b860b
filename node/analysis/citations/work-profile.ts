import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { workIdentifiers } from './identifier-blocks.ts';
import { lettersWithMarks, withoutMarks } from './letters.ts';
import { authorNames, type AuthorNames } from './names.ts';

/** One way in which a work's title is cited. */
export interface TitleForm {
  letters: string;
  words: number;
  /** False where it is only what stands before the subtitle. */
  whole: boolean;
}

/** All of a held work that references are compared with. It depends on the record alone. */
export interface WorkProfile {
  identifiers: readonly string[];
  titles: readonly TitleForm[];
  authors: AuthorNames;
  year: number | undefined;
  /** The first page. */
  page: string | undefined;
}

const MAX_TITLES = 4;
const LONGEST_TITLE = 500;
const FEWEST_LETTERS = 5;
/** What a title without its subtitle needs to tell a work. */
const MAIN = { words: 3, letters: 15 };

const subtitle = /:\s|\s:|\s[-‐‒–—]+\s|—|\?\s|\.\s(?=\p{Lu})/u;
/** Subtitles that make it another work than the title names. */
const otherWork =
  /^\W*(?:part|vol|volume|chapter|a (?:reply|response|comment)|reply|response|comments?|correction|erratum|corrigendum|addendum|parte|tomo|volumen|capítulo|partie|chapitre|teil|band)\b/i;

export function workProfile(record: NgrRecord): WorkProfile {
  return {
    identifiers: workIdentifiers(record),
    titles: titleForms(record.titles.slice(0, MAX_TITLES).map(({ value }) => value)),
    authors: authorNames(record.creators),
    year: yearOf(record),
    page: /^\D{0,3}(\d{1,6})/.exec(record.source?.pages ?? '')?.[1],
  };
}

/** Where a record has no date, the one year that its journal or proceedings name. */
function yearOf({ published, source }: NgrRecord): number | undefined {
  const dated = /^\d{4}/.exec(published ?? '')?.[0];
  if (dated !== undefined) return Number(dated);
  const named =
    `${source?.title ?? ''} ${source?.citation ?? ''}`.match(/(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/g) ?? [];
  const [year, ...others] = new Set(named);
  return year === undefined || others.length > 0 ? undefined : Number(year);
}

function titleForms(titles: readonly string[]): TitleForm[] {
  const forms = new Map<string, TitleForm>();
  const add = (text: string, whole: boolean): void => {
    const letters = withoutMarks(lettersWithMarks(text));
    const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    const least = whole ? { words: 1, letters: FEWEST_LETTERS } : MAIN;
    if (letters.length < least.letters || words < least.words) return;
    if (whole || !forms.has(letters)) forms.set(letters, { letters, words, whole });
  };
  for (const title of titles) {
    const text = title.slice(0, LONGEST_TITLE);
    add(text, true);
    const at = text.search(subtitle);
    if (at > 0 && !otherWork.test(text.slice(at))) add(text.slice(0, at), false);
  }
  return [...forms.values()];
}
