import { filesInView, type Record } from '../../record.ts';
import { element, type XmlElement } from '../../xml/index.ts';
import type { Writing, XmlCrosswalk } from '../crosswalk.ts';
import { rootAttributes } from '../root-attributes.ts';
import { wrapped } from '../wrapped.ts';
import { readRows, writeRows, type XmlRow } from '../xml-table.ts';
import { readName } from './names.ts';
import {
  readAccess,
  readClassification,
  readIdentifier,
  readLanguage,
  readLocation,
  readMainTitle,
  readNote,
  readOrigin,
  readOtherTitle,
  readSubject,
  readText,
  readType,
} from './read.ts';
import { readPart, readRelatedItem } from './related-items.ts';
import {
  accessXml,
  genreXml,
  identifiersXml,
  languagesXml,
  locationXml,
  namesXml,
  notesXml,
  originXml,
  relatedItemsXml,
  titlesXml,
  typeOfResourceXml,
} from './write.ts';

/**
 * MODS 3 (https://www.loc.gov/standards/mods/userguide/). Tables of contents, notes other than on funding and version,
 * physical descriptions and the record's own data have no place in a record; they stay in the raw metadata.
 */
const modsRows: readonly XmlRow[] = [
  {
    element: 'mods:titleInfo',
    goesTo: 'titles: the one without a type first, with its article, subtitle and part',
    read: readMainTitle,
    write: titlesXml,
  },
  {
    element: 'mods:titleInfo',
    goesTo: 'titles: those of type translated, alternative or uniform',
    read: readOtherTitle,
  },
  {
    element: 'mods:name',
    goesTo: 'creators and contributors, by role; publisher (pbl); funding (fnd)',
    read: readName,
    write: namesXml,
  },
  {
    element: 'mods:typeOfResource',
    goesTo: 'type (COAR Resource Types)',
    read: readType,
    write: typeOfResourceXml,
  },
  {
    element: 'mods:genre',
    goesTo: 'type (COAR Resource Types), where it says more than typeOfResource',
    read: readType,
    write: genreXml,
  },
  {
    element: 'mods:originInfo',
    goesTo: 'publisher; published: dateIssued, else copyrightDate, dateCreated and the others',
    read: readOrigin,
    write: originXml,
  },
  {
    element: 'mods:language',
    goesTo: 'languages (BCP 47)',
    read: readLanguage,
    write: languagesXml,
  },
  {
    element: 'mods:abstract',
    goesTo: 'abstracts',
    read: (abstract, description) =>
      readText(abstract, (text, language) => description.abstract(text, language)),
    write: ({ abstracts }) =>
      abstracts.map(({ value, language }) => element('mods:abstract', { 'xml:lang': language }, value)),
  },
  {
    element: 'mods:subject',
    goesTo: 'subjects; several parts of an authority’s heading are one subject',
    read: readSubject,
    write: ({ subjects }) =>
      subjects.map(({ value, language }) =>
        wrapped('mods:subject', [element('mods:topic', { 'xml:lang': language }, value)]),
      ),
  },
  {
    element: 'mods:classification',
    goesTo: 'subjects, with the scheme before the class',
    read: readClassification,
  },
  {
    element: 'mods:identifier',
    goesTo: 'identifiers; relations, by an ISSN',
    read: readIdentifier,
    write: identifiersXml,
  },
  {
    element: 'mods:location',
    goesTo: 'files, by access="raw object" or by the address; identifiers, by other addresses',
    read: readLocation,
    write: locationXml,
  },
  {
    element: 'mods:relatedItem',
    goesTo:
      'source, by type host; references; relations, by type; publishedDoi, by a version labelled as published',
    read: readRelatedItem,
    write: relatedItemsXml,
  },
  {
    element: 'mods:part',
    goesTo: 'source',
    read: readPart,
  },
  {
    element: 'mods:physicalDescription/mods:internetMediaType',
    goesTo: 'files, where there is one file and one media type',
    read: (type, description) => readText(type, (text) => description.format(text)),
    write: mediaTypesXml,
  },
  {
    element: 'mods:accessCondition',
    goesTo: 'access (COAR Access Rights) and licence, by xlink:href or in words',
    read: readAccess,
    write: accessXml,
  },
  {
    element: 'mods:note',
    goesTo: 'funding, by type funding; version (COAR Version Types), by type version identification',
    read: readNote,
    write: notesXml,
  },
];

const namespace = 'http://www.loc.gov/mods/v3';
const schema = 'http://www.loc.gov/standards/mods/v3/mods-3-7.xsd';

export const mods: Writing<XmlCrosswalk> = {
  title: 'MODS 3',
  describedAt: 'https://www.loc.gov/standards/mods/userguide/',
  rows: modsRows,
  prefix: 'mods',
  namespace,
  schema,
  roots: ['mods', 'modsCollection'],
  aliases: { prefixes: ['mods3', 'mods-3', 'oai_mods'], namespaces: ['http://www.loc.gov/mods/'] },

  read: (metadata: XmlElement) => readRows(modsRows, metadata.child('mods') ?? metadata),

  write(record: Record): string {
    const attributes = {
      ...rootAttributes({ mods: namespace, xlink: 'http://www.w3.org/1999/xlink' }, { namespace, schema }),
      version: '3.7',
    };
    return writeRows('mods:mods', attributes, modsRows, record);
  },
};

function mediaTypesXml(record: Record): string[] {
  const formats = new Set(filesInView(record).flatMap(({ format }) => format ?? []));
  return [...formats].map((format) => element('mods:internetMediaType', {}, format));
}
