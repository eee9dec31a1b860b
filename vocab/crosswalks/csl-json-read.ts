import type { AgentParts } from './described-agent.ts';
import type { DescriptionBuilder } from './description-builder.ts';
import { isObject, objectsOf, textOf, textsOf } from './json-values.ts';

/** CSL item types (1.0.2, appendix III), Crossref's, and the kinds of theses and reports of BibLaTeX, by what COAR calls them. */
export const cslTypes: Readonly<Record<string, string>> = {
  article: 'preprint',
  'article-journal': 'journal article',
  'article-magazine': 'contribution to journal',
  'article-newspaper': 'newspaper article',
  book: 'book',
  chapter: 'book part',
  dataset: 'dataset',
  entry: 'book part',
  'entry-dictionary': 'book part',
  'entry-encyclopedia': 'book part',
  figure: 'image',
  graphic: 'image',
  manuscript: 'manuscript',
  map: 'map',
  motion_picture: 'video',
  musical_score: 'musical notation',
  'paper-conference': 'conference paper',
  patent: 'patent',
  periodical: 'journal',
  personal_communication: 'letter',
  'post-weblog': 'blog post',
  report: 'report',
  review: 'review',
  'review-book': 'book review',
  software: 'software',
  song: 'sound',
  speech: 'lecture',
  thesis: 'thesis',
  webpage: 'website',
  // Crossref
  'book-chapter': 'book part',
  'journal-article': 'journal article',
  monograph: 'book',
  'posted-content': 'preprint',
  'proceedings-article': 'conference paper',
  dissertation: 'thesis',
  // BibLaTeX
  bathesis: "bachelor's thesis",
  mathesis: "master's thesis",
  phdthesis: 'doctoral thesis',
  resreport: 'research report',
  techreport: 'technical report',
};

/**
 * A name-variable. A family name of several words without a given name is an organisation that a BibTeX author put into
 * braces, so that it is not taken apart.
 */
export function cslNames(value: unknown): AgentParts[] {
  return objectsOf(value).flatMap((name): AgentParts[] => {
    const part = (property: string): string => textOf(name[property]);
    const family = joined(part('non-dropping-particle'), part('family'));
    const suffix = part('suffix');
    const given = joined(part('given'), part('dropping-particle')) + (suffix === '' ? '' : `, ${suffix}`);
    const orcid = part('ORCID') || part('_orcid');
    const [affiliation] = objectsOf(name['affiliation']);
    const known = { orcid, affiliation: textOf(affiliation?.['name']) };
    if (family === '') return [{ ...known, name: part('literal') || part('name') || given }];
    if (given !== '') return [{ ...known, family, given }];
    return [{ ...known, name: family, kind: /\s/.test(part('family')) ? 'organisation' : 'unknown' }];
  });
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** A date-variable: parts, an EDTF string, or as somebody wrote it. Of a range the beginning. */
export function cslDate(value: unknown): string {
  if (!isObject(value)) return firstOfRange(textOf(value));
  const parts: unknown = value['date-parts'];
  const first: unknown = Array.isArray(parts) ? (parts as unknown[])[0] : undefined;
  const [year = '', ...rest] = textsOf(first);
  if (year !== '')
    return [year.padStart(4, '0'), ...rest.slice(0, 2).map((part) => part.padStart(2, '0'))].join('-');
  return firstOfRange(textOf(value['edtf']) || textOf(value['raw']) || textOf(value['literal']));
}

function firstOfRange(text: string): string {
  return /^\d{4}(?:-\d{2}){0,2}(?=\/)/.exec(text)?.[0] ?? text;
}

/** A list of keywords, or a text that lists them: by semicolons or, where there are none, by commas. */
export function readKeywords(value: unknown, description: DescriptionBuilder): void {
  const texts = textsOf(value);
  const [only = ''] = texts;
  const keywords =
    Array.isArray(value) && texts.length > 1 ? texts : only.split(only.includes(';') ? ';' : ',');
  for (const keyword of keywords) description.subject(keyword);
}
