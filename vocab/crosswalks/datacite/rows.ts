import { versions } from '../../coar/index.ts';
import { filesInView, type IdentifierScheme, type Record } from '../../record.ts';
import { element, raw } from '../../xml/index.ts';
import { typeLabel } from '../labels.ts';
import { pagesOf } from '../page-range.ts';
import type { RecordRow } from '../record-table.ts';
import { wrapped } from '../wrapped.ts';
import { readContributor, readCreator } from './people.ts';
import type { Property } from './property.ts';
import {
  each,
  readContainer,
  readDates,
  readDescriptions,
  readFunding,
  readIdentifier,
  readRelatedIdentifier,
  readRelatedItem,
  readResourceType,
  readRights,
  readSubject,
  readTitles,
  readTypedIdentifier,
} from './read.ts';
import { generalType } from './resource-types.ts';
import { fundingXml } from './write-funding.ts';
import { rightsListXml } from './write-rights.ts';
import {
  alternateIdentifiersXml,
  contributorsXml,
  creatorsXml,
  datesXml,
  identifierXml,
  mainIdentifier,
  relatedIdentifiersXml,
  subjectsXml,
  titlesXml,
} from './write.ts';

/** One line of a table whose properties may come as XML or as JSON, and are written as XML with what is around them. */
export interface PropertyRow extends RecordRow<Property> {
  readonly write?: (record: Record) => string;
}

/** Schemes of what a DataCite record describes, the usual one first. */
const registered: readonly IdentifierScheme[] = ['doi', 'handle', 'urn', 'arxiv', 'url'];

/** What a mandatory text says that is not known (Appendix 3); years and types have no such code, and are left out. */
const UNAVAILABLE = '(:unav)';
const unknownCreator = wrapped('creators', [wrapped('creator', [element('creatorName', {}, UNAVAILABLE)])]);

/**
 * DataCite Metadata Schema 4.6 (https://datacite-metadata-schema.readthedocs.io/en/4.6/), with what kernel 2 and 3 had
 * otherwise. Places (geoLocations) and sizes have no place in a record; they stay in the raw metadata.
 */
export const dataciteRows: readonly PropertyRow[] = [
  {
    element: 'titles/title',
    goesTo: 'titles, the first being the main one; a subtitle stands behind its title',
    read: readTitles,
    write: (record) => titlesXml(record, ''),
  },
  {
    element: 'creators/creator',
    goesTo: 'creators, with ORCID, affiliation and the affiliation’s ROR',
    read: each('creator', readCreator),
    write: (record) => creatorsXml(record, '') || unknownCreator,
  },
  {
    element: 'contributors/contributor',
    goesTo: 'contributors, but hosts, registrars and rights holders; funding, by contributorType Funder',
    read: each('contributor', readContributor),
    write: (record) => contributorsXml(record, ''),
  },
  {
    element: 'subjects/subject',
    goesTo: 'subjects',
    read: each('subject', readSubject),
    write: (record) => subjectsXml(record, ''),
  },
  {
    element: 'resourceType',
    goesTo: 'type (COAR Resource Types): the general type or the free text, whichever says more',
    read: each('resourceType', readResourceType),
    write: ({ type }) =>
      type === undefined
        ? ''
        : element('resourceType', { resourceTypeGeneral: generalType(type) }, typeLabel(type)),
  },
  {
    element: 'identifier',
    goesTo: 'identifiers',
    read: each('identifier', readIdentifier),
    write: (record) => identifierXml(mainIdentifier(record, registered), ''),
  },
  {
    element: 'alternateIdentifiers/alternateIdentifier',
    goesTo: 'identifiers; files, by the address of a file; relations, by an ISSN',
    read: each('alternateIdentifier', readIdentifier),
    write: (record) => alternateIdentifiersXml(record, mainIdentifier(record, registered), ''),
  },
  {
    element: 'relatedIdentifiers/relatedIdentifier',
    goesTo: 'relations, by relationType; publishedDoi, by a publisher’s DOI of which this is a version',
    read: each('relatedIdentifier', readRelatedIdentifier),
    write: (record) => relatedIdentifiersXml(record, ''),
  },
  {
    element: 'relatedItems/relatedItem',
    goesTo: 'source, by IsPublishedIn; references, by References and Cites; relations',
    read: each('relatedItem', readRelatedItem),
    write: placeXml,
  },
  {
    element: 'publisher',
    goesTo: 'publisher',
    read: each('publisher', ({ text }, description) => description.publisher(text)),
    write: ({ publisher }) => element('publisher', {}, publisher ?? UNAVAILABLE),
  },
  {
    element: 'publicationYear, dates/date',
    goesTo:
      'published: Issued, else the year, else Available and the others; access: Available, of an embargo',
    read: readDates,
    write: (record) => yearXml(record) + datesXml(record, ''),
  },
  {
    element: 'language',
    goesTo: 'languages (BCP 47)',
    read: each('language', ({ text }, description) => description.language(text)),
    // There can be one.
    write: ({ languages }) => (languages[0] === undefined ? '' : element('language', {}, languages[0])),
  },
  {
    element: 'formats/format',
    goesTo: 'files, where there is one file and one media type',
    read: each('format', ({ text }, description) => description.format(text)),
    write: (record) =>
      wrapped(
        'formats',
        [...new Set(filesInView(record).flatMap(({ format }) => format ?? []))].map((format) =>
          element('format', {}, format),
        ),
      ),
  },
  {
    element: 'version',
    goesTo: 'version (COAR Version Types), where it names one and is no number',
    read: each('version', ({ text }, description) => description.version(text)),
    write: ({ version }) => {
      const concept = version === undefined ? undefined : versions.byUri(version);
      return concept === undefined ? '' : element('version', {}, concept.abbreviation);
    },
  },
  {
    element: 'rightsList/rights',
    goesTo: 'access (COAR Access Rights) and licence, by address, SPDX identifier or words',
    read: each('rights', readRights),
    write: rightsListXml,
  },
  {
    element: 'descriptions/description',
    goesTo: 'abstracts; source, by SeriesInformation',
    read: readDescriptions,
    write: descriptionsXml,
  },
  {
    element: 'fundingReferences/fundingReference',
    goesTo: 'funding',
    read: each('fundingReference', readFunding),
    write: (record) => fundingXml(record, ''),
  },
];

/** What the REST API has besides. */
export const restRows: readonly PropertyRow[] = [
  ...dataciteRows,
  {
    element: 'doi',
    goesTo: 'identifiers',
    read: each('doi', ({ text }, description) => readTypedIdentifier('doi', text, description)),
  },
  {
    element: 'url',
    goesTo: 'identifiers',
    read: each('url', ({ text }, description) => readTypedIdentifier('url', text, description)),
  },
  {
    element: 'contentUrl',
    goesTo: 'files',
    read: each('contentUrl', ({ text }, description) => {
      if (text !== '') description.file(text);
    }),
  },
  {
    element: 'container',
    goesTo: 'source; relations, by the identifier',
    read: each('container', readContainer),
  },
];

/** What the parts of a publication are published in. */
const places: { readonly [type: string]: string | undefined } = {
  JournalArticle: 'Journal',
  DataPaper: 'Journal',
  BookChapter: 'Book',
  ConferencePaper: 'ConferenceProceeding',
};

function placeXml({ source, type }: Record): string {
  if (source === undefined) return '';
  const { title, volume, issue, pages } = source;
  const { first, last } = pages === undefined ? {} : pagesOf(pages);
  const parts = [
    wrapped('titles', title === undefined ? [] : [element('title', {}, title)]),
    ...Object.entries({ volume, issue, firstPage: first, lastPage: last }).map(([name, text]) =>
      text === undefined ? '' : element(name, {}, text),
    ),
  ];
  if (parts.join('') === '') return '';
  const relatedItemType = places[type === undefined ? '' : generalType(type)] ?? 'Other';
  const attributes = { relatedItemType, relationType: 'IsPublishedIn' };
  return wrapped('relatedItems', [element('relatedItem', attributes, parts.map(raw))]);
}

function yearXml({ published }: Record): string {
  return published === undefined ? '' : element('publicationYear', {}, published.slice(0, 4));
}

function descriptionsXml({ abstracts, source }: Record): string {
  const citation = source?.citation;
  return wrapped('descriptions', [
    ...abstracts.map(({ value, language }) =>
      element('description', { 'xml:lang': language, descriptionType: 'Abstract' }, value),
    ),
    citation === undefined ? '' : element('description', { descriptionType: 'SeriesInformation' }, citation),
  ]);
}
