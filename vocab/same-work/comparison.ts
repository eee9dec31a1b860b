import { authorLevels, compareAuthors, type AuthorLevel } from './author-comparison.ts';
import {
  comparePages,
  compareSources,
  pageLevels,
  sourceLevels,
  type PageLevel,
  type SourceLevel,
} from './publication.ts';
import type { ComparedTitle } from './compared-title.ts';
import { sketchesInCommon } from './sketch.ts';
import { compareTitles, titleLevels, type TitleComparison, type TitleLevel } from './title-comparison.ts';
import {
  compareIdentifiers,
  identifierLevels,
  type IdentifierComparison,
  type IdentifierLevel,
} from './work-identifiers.ts';
import { compareNatures, natureLevels, type NatureLevel } from './work-nature.ts';
import type { WorkProfile } from './work-profile.ts';

export const yearLevels = ['same', 'next', 'near', 'far'] as const;
export type YearLevel = (typeof yearLevels)[number];
export const abstractLevels = ['same', 'similar', 'partly', 'different'] as const;
export type AbstractLevel = (typeof abstractLevels)[number];
export const languageLevels = ['same', 'different'] as const;
export type LanguageLevel = (typeof languageLevels)[number];

/** Whether both come from one repository, which mostly has a work once. */
export const originLevels = ['another', 'same'] as const;
export type OriginLevel = (typeof originLevels)[number];

/** What two records agree or differ in, feature by feature; what one of them does not say is left out. */
export interface Levels {
  title?: TitleLevel;
  authors?: AuthorLevel;
  year?: YearLevel;
  identifiers?: IdentifierLevel;
  pages?: PageLevel;
  source?: SourceLevel;
  abstract?: AbstractLevel;
  type?: NatureLevel;
  origin?: OriginLevel;
  language?: LanguageLevel;
}

export type Feature = keyof Levels;

/** The levels of each feature, in the order in which a pattern writes them down. */
export const levelsOf = {
  title: titleLevels,
  authors: authorLevels,
  year: yearLevels,
  identifiers: identifierLevels,
  pages: pageLevels,
  source: sourceLevels,
  abstract: abstractLevels,
  type: natureLevels,
  origin: originLevels,
  language: languageLevels,
} as const satisfies { [F in Feature]: readonly NonNullable<Levels[F]>[] };

export const features = Object.keys(levelsOf) as readonly Feature[];

/** Two records held against one another. */
export interface Comparison {
  levels: Levels;
  titles: TitleComparison | undefined;
  identifiers: IdentifierComparison | undefined;
}

/** Whether a title is known to stand over many works, though its words do not tell that. */
export type IsHeading = (title: ComparedTitle) => boolean;

/** The same whichever way round, and a function of the two records and the headings alone. */
export function compare(a: WorkProfile, b: WorkProfile, isHeading: IsHeading = () => false): Comparison {
  const titles = asHeading(compareTitles(a.titles, b.titles), isHeading);
  const identifiers = compareIdentifiers(a.identifiers, b.identifiers);
  const levels: Levels = {};
  set(levels, 'title', titles?.level);
  set(levels, 'authors', compareAuthors(a.authors, b.authors));
  set(levels, 'identifiers', identifiers?.level);
  set(levels, 'abstract', compareSketches(a.sketch, b.sketch));
  if (isHopeless(levels)) return { titles, identifiers, levels };
  set(levels, 'year', compareYears(a.year, b.year));
  set(levels, 'pages', comparePages(a.publication, b.publication));
  set(levels, 'source', compareSources(a.publication, b.publication));
  set(levels, 'type', compareNatures(a.nature, b.nature));
  set(levels, 'origin', a.origin === b.origin ? 'same' : 'another');
  set(levels, 'language', compareLanguages(a.languages, b.languages));
  return { titles, identifiers, levels };
}

/** To have a heading in common says as little as "Editorial" does. */
function asHeading(titles: TitleComparison | undefined, isHeading: IsHeading): TitleComparison | undefined {
  if (titles === undefined || !isOneTitle.has(titles.level) || !titles.titles.some(isHeading)) return titles;
  return { ...titles, level: 'same boilerplate' };
}

const isOneTitle: ReadonlySet<TitleLevel> = new Set([
  'same long',
  'same medium',
  'same short',
  'slips long',
  'slips short',
] as const);

/** Most candidates have a few letters in common and nothing else: the rest could not make good for that, and is not looked at. */
function isHopeless({ title, authors, identifiers, abstract }: Levels): boolean {
  const isOtherText = title === 'different' || title === 'some words' || title === 'half the words';
  const isUnidentified =
    identifiers !== 'same' && identifiers !== 'as published' && identifiers !== 'same book';
  return isOtherText && authors === 'none' && isUnidentified && abstract !== 'same' && abstract !== 'similar';
}

function set<F extends Feature>(levels: Levels, feature: F, level: Levels[F] | undefined): void {
  if (level !== undefined) levels[feature] = level;
}

function compareYears(a: number | undefined, b: number | undefined): YearLevel | undefined {
  if (a === undefined || b === undefined) return undefined;
  const apart = Math.abs(a - b);
  if (apart === 0) return 'same';
  if (apart === 1) return 'next';
  return apart <= 3 ? 'near' : 'far';
}

function compareSketches(a: string, b: string): AbstractLevel | undefined {
  if (a === '' || b === '') return undefined;
  const common = sketchesInCommon(a, b);
  if (common >= 11) return 'same';
  if (common >= 5) return 'similar';
  return common >= 2 ? 'partly' : 'different';
}

function compareLanguages(a: readonly string[], b: readonly string[]): LanguageLevel | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  return a.some((language) => b.includes(language)) ? 'same' : 'different';
}

const NOT_SAID = '.';

/** The levels in one word, a character a feature: pairs with the same pattern are decided alike. */
export function patternOf(levels: Levels): string {
  let pattern = '';
  for (const feature of features) {
    const level = levels[feature];
    pattern +=
      level === undefined ? NOT_SAID : (levelsOf[feature] as readonly string[]).indexOf(level).toString(36);
  }
  return pattern;
}

/** For each feature the index of its level; -1 where it is not said. */
export function levelsIn(pattern: string): number[] {
  const levels: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const sign = pattern.charCodeAt(i);
    // `.`, `0` to `9`, `a` to `z`.
    levels.push(sign < 48 ? -1 : sign < 58 ? sign - 48 : sign - 87);
  }
  return levels;
}
