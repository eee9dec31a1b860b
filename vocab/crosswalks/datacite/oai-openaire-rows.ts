import { accessRightUri, versions } from '../../coar/index.ts';
import { filesInView, type IdentifierScheme, type Record } from '../../record.ts';
import { element, type XmlAttributes } from '../../xml/index.ts';
import { readContributor, readCreator } from './people.ts';
import {
  each,
  readDates,
  readFunding,
  readIdentifier,
  readRelatedIdentifier,
  readResourceType,
  readRights,
  readSubject,
  readTitles,
} from './read.ts';
import type { PropertyRow } from './rows.ts';
import { fundingXml } from './write-funding.ts';
import {
  alternateIdentifiersXml,
  contributorsXml,
  creatorsXml,
  datesXml,
  identifierXml,
  mainIdentifier,
  relatedIdentifiersXml,
  subjectsXml,
  textXml,
  titlesXml,
} from './write.ts';
import { accessLabel, typeLabel } from '../labels.ts';
import { readDescription } from '../oai-dc-read.ts';
import { pagesOf } from '../page-range.ts';
import { generalTypeOf } from './oai-openaire-types.ts';
import { readFile, readLicences, readPlace } from './oai-openaire-read.ts';

/** identifierType, as far as we have the schemes: what leads to the item first. */
const landing: readonly IdentifierScheme[] = ['handle', 'url', 'doi', 'urn'];

const datacite = 'datacite:';

/**
 * The application profile of the OpenAIRE Guidelines for Literature Repository Managers v4
 * (https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/application_profile.html).
 *
 * What has the prefix `datacite:` is read as DataCite's. Conferences, editions, coverage, audience, sizes and places
 * have no place in a record; they stay in the raw metadata.
 */
export const oaiOpenaireRows: readonly PropertyRow[] = [
  {
    element: 'datacite:titles/datacite:title',
    goesTo: 'titles, the first being the main one; a subtitle stands behind its title',
    read: readTitles,
    write: (record) => titlesXml(record, datacite),
  },
  {
    element: 'datacite:creators/datacite:creator',
    goesTo: 'creators, with ORCID and affiliation',
    read: each('creator', readCreator),
    write: (record) => creatorsXml(record, datacite),
  },
  {
    element: 'datacite:contributors/datacite:contributor',
    goesTo: 'contributors, but hosts, registrars and rights holders',
    read: each('contributor', readContributor),
    write: (record) => contributorsXml(record, datacite),
  },
  {
    element: 'oaire:fundingReferences/oaire:fundingReference',
    goesTo: 'funding: funder, its identifier, the award’s number',
    read: each('fundingReference', readFunding),
    write: (record) => fundingXml(record, 'oaire:'),
  },
  {
    element: 'oaire:resourceType',
    goesTo: 'type (COAR Resource Types), by uri or by its name',
    read: each('resourceType', readResourceType),
    write: ({ type }) =>
      concept('oaire:resourceType', type, typeLabel, { resourceTypeGeneral: generalTypeOf(type) }),
  },
  {
    element: 'datacite:identifier',
    goesTo: 'identifiers',
    read: each('identifier', readIdentifier),
    write: (record) => identifierXml(mainIdentifier(record, landing), datacite),
  },
  {
    element: 'datacite:alternateIdentifiers/datacite:alternateIdentifier',
    goesTo: 'identifiers; relations, by an ISSN',
    read: each('alternateIdentifier', readIdentifier),
    write: (record) => alternateIdentifiersXml(record, mainIdentifier(record, landing), datacite),
  },
  {
    element: 'datacite:relatedIdentifiers/datacite:relatedIdentifier',
    goesTo: 'relations, by relationType; publishedDoi, by a publisher’s DOI of which this is a version',
    read: each('relatedIdentifier', readRelatedIdentifier),
    write: (record) => relatedIdentifiersXml(record, datacite),
  },
  {
    element: 'datacite:rights',
    goesTo: 'access (COAR Access Rights)',
    read: each('rights', readRights),
    write: ({ access }) =>
      access === undefined
        ? ''
        : element('datacite:rights', { rightsURI: accessRightUri(access.right) }, accessLabel(access.right)),
  },
  {
    element: 'datacite:dates/datacite:date',
    goesTo: 'published: Issued, else Available and the others; access: Available, of an embargo',
    read: readDates,
    write: (record) => datesXml(record, datacite),
  },
  {
    element: 'oaire:licenseCondition',
    goesTo: 'licence, by uri or name: of several the one that begins last; access: startDate, of an embargo',
    read: readLicences,
    write: ({ licence }) =>
      licence === undefined ? '' : element('oaire:licenseCondition', { uri: licence }, licence),
  },
  {
    element: 'dc:language',
    goesTo: 'languages (BCP 47)',
    read: each('language', ({ text }, description) => description.language(text)),
    write: ({ languages }) => texts('dc:language', languages),
  },
  {
    element: 'dc:publisher',
    goesTo: 'publisher',
    read: each('publisher', ({ text }, description) => description.publisher(text)),
    write: ({ publisher }) => texts('dc:publisher', [publisher]),
  },
  {
    element: 'dc:description',
    goesTo: 'abstracts; source and publishedDoi, by a citation',
    read: each('description', ({ text, language }, description) =>
      readDescription(language === undefined ? { value: text } : { value: text, language }, description),
    ),
    write: ({ abstracts }) => abstracts.map((abstract) => textXml('dc:description', abstract)).join(''),
  },
  {
    element: 'datacite:subjects/datacite:subject',
    goesTo: 'subjects',
    read: each('subject', readSubject),
    write: (record) => subjectsXml(record, datacite),
  },
  {
    element: 'oaire:version',
    goesTo: 'version (COAR Version Types), by uri or by its name',
    read: each('version', (version, description) => {
      if (!description.version(version.get('uri'))) description.version(version.text);
    }),
    write: ({ version }) =>
      concept('oaire:version', version, (uri) => versions.byUri(uri)?.abbreviation ?? uri),
  },
  {
    element: 'oaire:file',
    goesTo: 'files, with media type and access right',
    read: each('file', readFile),
    write: filesXml,
  },
  {
    element: 'dc:format',
    goesTo: 'files, where there is one file and one media type',
    read: each('format', ({ text }, description) => description.format(text)),
    write: (record) => texts('dc:format', new Set(filesInView(record).map(({ format }) => format))),
  },
  {
    element:
      'oaire:citationTitle, oaire:citationVolume, oaire:citationIssue, oaire:citationStartPage, oaire:citationEndPage',
    goesTo: 'source',
    read: readPlace,
    write: placeXml,
  },
  {
    element: 'dc:source',
    goesTo: 'source; publishedDoi and relations, by the identifiers in it',
    read: each('source', ({ text }, description) => description.source(text)),
    write: ({ source }) => texts('dc:source', [source?.citation]),
  },
];

/** A concept of a vocabulary: its label for people, its URI for programs. */
function concept(
  name: string,
  uri: string | undefined,
  label: (uri: string) => string,
  attributes: XmlAttributes = {},
): string {
  return uri === undefined ? '' : element(name, { ...attributes, uri }, label(uri));
}

function texts(name: string, values: Iterable<string | undefined>): string {
  return [...values].map((value) => (value === undefined ? '' : element(name, {}, value))).join('');
}

const objectTypes: { readonly [general: string]: string | undefined } = {
  literature: 'fulltext',
  dataset: 'dataset',
  software: 'software',
};

/** Where nothing is said of the access to the record, that to its files is a guess, and left out. */
function filesXml(record: Record): string {
  const objectType = objectTypes[generalTypeOf(record.type)] ?? 'other';
  return filesInView(record)
    .map(({ url, format, access }) => {
      const accessRightsURI = record.access === undefined ? undefined : accessRightUri(access);
      const attributes = { accessRightsURI, mimeType: format, objectType };
      return element('oaire:file', attributes, url);
    })
    .join('');
}

function placeXml({ source = {} }: Record): string {
  const { title, volume, issue, pages } = source;
  const { first, last } = pages === undefined ? {} : pagesOf(pages);
  return [
    texts('oaire:citationTitle', [title]),
    texts('oaire:citationVolume', [volume]),
    texts('oaire:citationIssue', [issue]),
    texts('oaire:citationStartPage', [first]),
    texts('oaire:citationEndPage', [last]),
  ].join('');
}
