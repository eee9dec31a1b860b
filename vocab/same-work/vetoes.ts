import type { Comparison } from './comparison.ts';
import type { WorkIdentifiers } from './work-identifiers.ts';
import { areThingAndText } from './work-nature.ts';
import type { WorkProfile } from './work-profile.ts';

/**
 * What keeps two records apart whatever else speaks for them:
 * DOIs of one registrant, or two DOIs of published works, that differ · titles that differ in the number of a part, year or
 * edition · one corrects, answers, reviews or supplements the other · one is a translation · one says that it is another
 * work beside the other · one is data, a program or a film, the other a text · a title that stands over a thousand texts,
 * and nothing that says which.
 */
export const vetoes = [
  'identifiers',
  'numbering',
  'kind',
  'translation',
  'relation',
  'type',
  'boilerplate',
] as const;
export type Veto = (typeof vetoes)[number];

export interface VetoOf {
  veto: Veto;
  /** What contradicts, of the one and of the other. */
  of?: [string, string];
}

export function vetoesOf(a: WorkProfile, b: WorkProfile, comparison: Comparison): VetoOf[] {
  const found: VetoOf[] = [];
  if (says(a, b.identifiers) || says(b, a.identifiers)) found.push({ veto: 'relation' });
  const { titles, identifiers, levels } = comparison;
  const isIdentified = levels.identifiers === 'same';
  if (titles !== undefined && !(isIdentified && titles.level === 'different')) {
    const of = titles.titles.map(({ words }) => words) as [string, string];
    if (isAlike(comparison) && titles.numbering === 'contradicting') found.push({ veto: 'numbering', of });
    if (
      mayDifferInKind(comparison) &&
      titles.titles[0].kind !== titles.titles[1].kind &&
      !isMarkedReview(comparison)
    )
      found.push({ veto: 'kind', of });
  }
  if (isIdentified) return found;
  if (areThingAndText(a.nature, b.nature)) found.push({ veto: 'type', of: [a.nature ?? '', b.nature ?? ''] });
  if (levels.identifiers === 'as published') return found;
  if (identifiers !== undefined && isContradiction(comparison))
    found.push({ veto: 'identifiers', of: identifiers.of });
  if (levels.language === 'different' && levels.title === 'other language')
    found.push({ veto: 'translation', of: [a.languages.join(' '), b.languages.join(' ')] });
  if (isBoilerplate(comparison)) found.push({ veto: 'boilerplate' });
  return found;
}

/** Where the words are the same, a slip of the pen in them makes nothing else of the text; nor does a translation. */
function mayDifferInKind({ levels: { title } }: Comparison): boolean {
  return (
    title === 'without subtitle' ||
    title === 'most words' ||
    title === 'half the words' ||
    title === 'some words'
  );
}

/** One of them says that it is a review, and both name the reviewer and where it stands: nobody reviews himself there. */
function isMarkedReview({ titles, levels }: Comparison): boolean {
  const kinds = titles?.titles.map(({ kind }) => kind) ?? [];
  if (!kinds.includes('review') || !kinds.includes(undefined)) return false;
  const isSameAuthor =
    levels.authors !== undefined &&
    levels.authors !== 'none' &&
    levels.authors !== 'some' &&
    levels.authors !== 'surname';
  const isSameSource =
    levels.source === 'same' ||
    levels.source === 'similar' ||
    levels.source === 'same volume' ||
    levels.source === 'same issue';
  return isSameAuthor && isSameSource && levels.year === 'same';
}

/** What has a number too many in a title that is another one anyway is no news. */
function isAlike({ levels: { title } }: Comparison): boolean {
  return title !== 'different' && title !== 'other language' && title !== 'some words';
}

/**
 * A registrant gives two DOIs to two things; but versions of one deposit have DOIs of their own (Zenodo, figshare,
 * preprint servers), and are the same in everything else that is said.
 */
function isContradiction({ levels }: Comparison): boolean {
  if (levels.identifiers === 'other published') return true;
  if (levels.identifiers !== 'same registrant') return false;
  const isSameTitle =
    levels.title === 'same long' || levels.title === 'same medium' || levels.title === 'slips long';
  const isSameAuthors = levels.authors === 'all' || levels.authors === 'both' || levels.authors === 'one';
  return !(isSameTitle && isSameAuthors && (levels.pages === 'same' || levels.abstract === 'same'));
}

function isBoilerplate({ titles, levels }: Comparison): boolean {
  if (titles === undefined) return false;
  const [one, other] = titles.titles;
  if (one.weight !== 'boilerplate' && other.weight !== 'boilerplate') return false;
  if (levels.title !== 'same boilerplate') return true;
  // The same issue and page, the same abstract, or several authors in one journal and year say which of the thousand it is.
  if ((levels.source === 'same issue' && levels.pages === 'same') || levels.abstract === 'same') return false;
  return !(
    (levels.authors === 'all' || levels.authors === 'both') &&
    levels.year === 'same' &&
    (levels.source === 'same' || levels.source === 'similar' || levels.source === 'same volume') &&
    (levels.pages === undefined || levels.pages === 'same' || levels.pages === 'same first')
  );
}

const says = ({ apart }: WorkProfile, { own, published }: WorkIdentifiers): boolean =>
  apart.some((target) => own.includes(target) || target === published);
