import type { Record as NgrRecord, RelationKind } from '../record.ts';
import type { Authors } from './author-comparison.ts';
import { comparedName } from './compared-name.ts';
import { comparedTitles, ComparedTitle } from './compared-title.ts';
import { hash32 } from './minhash.ts';
import { publicationOf, type Publication } from './publication.ts';
import { sketchOf } from './sketch.ts';
import { identifierKey, workIdentifiers, type WorkIdentifiers } from './work-identifiers.ts';
import { workNature, type WorkNature } from './work-nature.ts';

const MOST_AUTHORS = 24;
const MOST_RELATIONS = 8;
const MOST_LANGUAGES = 4;

/** All of a record that is compared with others. It depends on the record alone. */
export interface WorkProfile {
  titles: readonly ComparedTitle[];
  authors: Authors;
  year?: number;
  identifiers: WorkIdentifiers;
  publication: Publication;
  /** The repository it comes from: the node and the source it was harvested from, in one hash. */
  origin: string;
  /** MinHash of the abstract; empty where there is none. */
  sketch: string;
  nature?: WorkNature;
  /** BCP 47 main languages of the text. */
  languages: readonly string[];
  /** Works that the record says it is another one than: what it reviews, translates, supplements, is a part of. */
  apart: readonly string[];
}

const kindsApart: ReadonlySet<RelationKind> = new Set([
  'isPartOf',
  'hasPart',
  'isSupplementTo',
  'isSupplementedBy',
  'isTranslationOf',
  'isReviewOf',
  'isDerivedFrom',
  'references',
  'isReferencedBy',
] as const);

export function workProfile(record: NgrRecord): WorkProfile {
  const agents = record.creators.length > 0 ? record.creators : record.contributors;
  const names = agents
    .slice(0, MOST_AUTHORS)
    .map(comparedName)
    .filter((name) => name !== undefined);
  const year = yearOf(record.published);
  const nature = workNature(record.type);
  const [abstract] = record.abstracts;
  const languages = record.languages
    .slice(0, MOST_LANGUAGES)
    .map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return {
    titles: comparedTitles(record.titles, names),
    authors: { names, count: agents.length },
    identifiers: workIdentifiers(record),
    publication: publicationOf(record.source),
    origin: hash32(`${record.node} ${record.provenance.source}`).toString(36),
    sketch: abstract === undefined ? '' : sketchOf(abstract.value),
    languages: [...new Set(languages)].filter((tag) => tag !== '' && tag !== 'und'),
    apart: record.relations
      .filter(({ kind }) => kindsApart.has(kind))
      .flatMap(({ target }) => identifierKey(target) ?? [])
      .slice(0, MOST_RELATIONS),
    ...(year !== undefined && { year }),
    ...(nature !== undefined && { nature }),
  };
}

function yearOf(published: string | undefined): number | undefined {
  const year = published === undefined ? undefined : /^\d{4}(?=$|-)/.exec(published)?.[0];
  return year === undefined ? undefined : Number(year);
}

type ProfileTuple = [
  titles: [words: string, main: number, language: string][],
  names: string[],
  authors: number,
  year: number,
  own: readonly string[],
  published: string,
  isbns: readonly string[],
  publication: [title: string, volume: string, issue: string, first: string, last: string] | 0,
  origin: string,
  sketch: string,
  nature: string,
  languages: readonly string[],
  apart: readonly string[],
];

/** As it is stored: JSON, which is read several times as fast as CBOR, and a profile is read for each candidate. */
export function encodeProfile(profile: WorkProfile): string {
  const { titles, authors, year, identifiers, publication, origin, sketch, nature, languages, apart } =
    profile;
  const { title, volume, issue, first, last } = publication;
  const isPublished = title !== '' || volume !== '' || issue !== '' || first !== '';
  return JSON.stringify([
    titles.map(({ words, main, language }) => [words, main, language ?? '']),
    authors.names.map(({ family, given }) => `${family}/${given}`),
    authors.count,
    year ?? 0,
    identifiers.own,
    identifiers.published ?? '',
    identifiers.isbns,
    isPublished ? [title, volume, issue, first, last] : 0,
    origin,
    sketch,
    nature ?? '',
    languages,
    apart,
  ] satisfies ProfileTuple);
}

export function decodeProfile(text: string): WorkProfile {
  const [titles, names, count, year, own, published, isbns, where, origin, sketch, nature, languages, apart] =
    JSON.parse(text) as ProfileTuple;
  const [title = '', volume = '', issue = '', first = '', last = ''] = where === 0 ? [] : where;
  return {
    titles: titles.map(
      ([words, main, language]) => new ComparedTitle({ words, main, ...(language !== '' && { language }) }),
    ),
    authors: {
      names: names.map((name) => {
        const slash = name.indexOf('/');
        return { family: name.slice(0, slash), given: name.slice(slash + 1) };
      }),
      count,
    },
    identifiers: { own, isbns, ...(published !== '' && { published }) },
    publication: { title, volume, issue, first, last },
    origin,
    sketch,
    languages,
    apart,
    ...(year !== 0 && { year }),
    ...(nature !== '' && { nature: nature as WorkNature }),
  };
}
