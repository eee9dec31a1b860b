import { normaliseIdentifier } from '../../identifiers.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { readDescription, readIdentifier, readLanguages, readSubject } from '../oai-dc-read.ts';
import { attributeOf, ofText, textElements, textOf, type XmlRow } from '../xml-table.ts';
import { readFreeToRead, readLicences } from './licences.ts';
import { nameOf, partsOf } from './people.ts';
import { readExternalResource, readOwnResource } from './resources.ts';
import { typeOfTerm } from './types.ts';
import { partOfXml } from './write.ts';

/** The elements of RIOXX and how they are read. Dates stand before licences, which are held against them; types before identifiers. */

/** What both versions have, and have in the same form. */
export const sharedRows: readonly XmlRow[] = [
  {
    element: 'dc:title',
    goesTo: 'titles',
    read: ofText(({ value, language }, description) => description.title(value, language)),
    // Exactly one.
    write: ({ titles }) => textElements('dc:title', titles.slice(0, 1)),
  },
  {
    element: 'dc:subject',
    goesTo: 'subjects, several in one element taken apart',
    read: ofText(readSubject),
    write: ({ subjects }) => textElements('dc:subject', subjects),
  },
  {
    element: 'dc:language',
    goesTo: 'languages (BCP 47)',
    read: ofText(readLanguages),
    write: ({ languages }) => textElements('dc:language', languages),
  },
  {
    element: 'dc:description',
    goesTo: 'abstracts; source and publishedDoi, by a citation',
    read: ofText(readDescription),
    write: ({ abstracts }) => textElements('dc:description', abstracts),
  },
  {
    element: 'dc:source',
    goesTo: 'relations (isPartOf), by ISSN or ISBN; source, by a title or citation',
    read: readSource,
    write: partOfXml,
  },
  {
    element: 'rioxxterms:publication_date',
    goesTo: 'published',
    read: ofText(({ value }, description) => description.date(value, 'issued')),
    write: ({ published }) => textElements('rioxxterms:publication_date', [published]),
  },
  {
    element: 'dcterms:dateAccepted',
    goesTo: 'published, where there is no rioxxterms:publication_date',
    read: ofText(({ value }, description) => description.date(value, 'accepted')),
  },
];

/** What both versions have, and write each in its own manner. */
export const common = {
  contributor: {
    element: 'rioxxterms:contributor',
    goesTo: 'contributors, with ORCID',
    read: (agent, description) => description.contributor(partsOf(agent)),
  },
  identifier: {
    element: 'dc:identifier',
    goesTo: 'identifiers; files, by the address of a file',
    read: ofText(readIdentifier),
  },
} as const satisfies Elements;

/** Of RIOXX 2. */
export const second = {
  author: {
    element: 'rioxxterms:author',
    goesTo: 'creators, with ORCID',
    read: (agent, description) => description.creator(partsOf(agent)),
  },
  publisher: {
    element: 'dc:publisher',
    goesTo: 'publisher',
    read: (agent, description) => description.publisher(nameOf(agent)),
  },
  type: {
    element: 'rioxxterms:type',
    goesTo: 'type (COAR Resource Types), by the profile’s list',
    read: readType,
  },
  version: {
    element: 'rioxxterms:version',
    goesTo: 'version (COAR Version Types)',
    read: (element, description) => void description.version(textOf(element)),
  },
  versionOfRecord: {
    element: 'rioxxterms:version_of_record',
    goesTo: 'publishedDoi; other identifiers of the published work to identifiers and relations',
    read: readVersionOfRecord,
  },
  format: {
    element: 'dc:format',
    goesTo: 'files, where there is one file and one media type',
    read: (element, description) => description.format(textOf(element)),
  },
  relation: {
    element: 'dc:relation',
    goesTo: 'relations, by the identifiers in it; identifiers, by an address on the file’s host',
    read: readOwnResource,
  },
  project: {
    element: 'rioxxterms:project',
    goesTo:
      'funding, with funder_name and funder_id; in RIOXX 3, without these, it names a project and has no place',
    read: (element, description) => {
      if (attributeOf(element, 'funder_name') + attributeOf(element, 'funder_id') !== '')
        readGrant(element, description);
    },
  },
  freeToRead: {
    element: 'ali:free_to_read',
    goesTo: 'access: open, or embargoed until start_date',
    readAll: readFreeToRead,
  },
  licences: {
    element: 'ali:license_ref',
    goesTo:
      'licence, the one with the latest start_date; access, as the end of an embargo, where that is later than the publication',
    readAll: readLicences,
  },
} as const satisfies Elements;

/** Of RIOXX 3. */
export const third = {
  creator: {
    element: 'rioxxterms:creator',
    goesTo: 'creators, with ORCID',
    read: (agent, description) => description.creator(partsOf(agent)),
  },
  publisher: { ...second.publisher, element: 'rioxxterms:publisher' },
  type: { ...second.type, element: 'dc:type', goesTo: 'type (COAR Resource Types)' },
  relation: {
    element: 'dc:relation',
    goesTo:
      'files (rel="item"), with type, access_rights and resource_exposed_date; version and licence of the first file; identifiers (rel="cite-as")',
    read: readOwnResource,
  },
  externalRelation: {
    element: 'rioxxterms:ext_relation',
    goesTo:
      'publishedDoi and relations, by coar_version: isVersionOf (VoR), hasVersion (others); isSupplementedBy, by a coar_type of data or software',
    read: readExternalResource,
  },
  grant: {
    element: 'rioxxterms:grant',
    goesTo: 'funding, with funder_name and funder_id',
    read: readGrant,
  },
} as const satisfies Elements;

type Elements = Readonly<Record<string, XmlRow>>;

/** ISSN and ISBN stand without their names here. */
function readSource(element: XmlElement, description: DescriptionBuilder): void {
  const text = textOf(element);
  const identifier = normaliseIdentifier(text);
  if (identifier?.scheme === 'issn' || identifier?.scheme === 'isbn')
    description.related('isPartOf', identifier);
  else if (text !== '') description.source(text);
}

function readType(element: XmlElement, description: DescriptionBuilder): void {
  description.type(attributeOf(element, 'uri'));
  description.type(typeOfTerm(textOf(element)) ?? textOf(element));
}

function readVersionOfRecord(element: XmlElement, description: DescriptionBuilder): void {
  const identifier = normaliseIdentifier(textOf(element));
  if (identifier?.scheme === 'url') description.related('isVersionOf', identifier);
  else if (identifier !== undefined) description.publishedAs(identifier);
}

function readGrant(element: XmlElement, description: DescriptionBuilder): void {
  description.grant({
    funder: attributeOf(element, 'funder_name'),
    funderId: attributeOf(element, 'funder_id'),
    award: textOf(element),
  });
}
