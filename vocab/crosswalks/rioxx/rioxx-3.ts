import type { Record } from '../../record.ts';
import { element, raw, type XmlElement } from '../../xml/index.ts';
import type { Writing, XmlCrosswalk } from '../crosswalk.ts';
import { writtenIdentifier } from '../written-identifier.ts';
import { readRows, textElements, writeRows, type XmlRow } from '../xml-table.ts';
import { elementsOfPerson } from './people.ts';
import { externalResourcesXml, landingPage, ownResourcesXml } from './resources.ts';
import { common, second, third } from './rows.ts';
import { fundingXml, languageXml, partOfXml, titleXml } from './write.ts';

/**
 * RIOXX 3.0 (https://www.rioxx.net/profiles/v3-0-final/). dc:coverage, projects and the dates of deposit and of the
 * record's own release have no place in a record. What RIOXX 2 has besides is read too: repositories mix the two. The date
 * of acceptance is mandatory, but nothing can stand for it.
 */
export const rioxx3Rows: readonly XmlRow[] = [
  { ...common.title, write: titleXml },
  { ...common.subject, write: ({ subjects }) => textElements('dc:subject', subjects) },
  { ...common.language, write: languageXml },
  { ...common.description, write: ({ abstracts }) => textElements('dc:description', abstracts) },
  { ...common.source, write: partOfXml },
  {
    ...common.publicationDate,
    write: ({ published }) => textElements('rioxxterms:publication_date', [published]),
  },
  common.dateAccepted,
  {
    ...third.creator,
    write: ({ creators }) =>
      creators.map((creator, index) => elementsOfPerson('rioxxterms:creator', creator, index === 0)),
  },
  {
    ...common.contributor,
    write: ({ contributors }) =>
      contributors.map((contributor) => elementsOfPerson('rioxxterms:contributor', contributor, false)),
  },
  { ...third.publisher, write: publisherXml },
  { ...third.type, write: ({ type }) => textElements('dc:type', [type]) },
  {
    ...common.identifier,
    write: (record) => {
      const landing = landingPage(record);
      return textElements('dc:identifier', [landing && writtenIdentifier(landing)]);
    },
  },
  { ...third.relation, write: ownResourcesXml },
  { ...third.externalRelation, write: externalResourcesXml },
  { ...third.grant, write: (record) => fundingXml('rioxxterms:grant', record) },
  second.author,
  second.version,
  second.versionOfRecord,
  second.format,
  second.project,
  second.freeToRead,
  second.licences,
];

function publisherXml({ publisher }: Record): string[] {
  if (publisher === undefined) return [];
  return [element('rioxxterms:publisher', {}, raw(element('rioxxterms:name', {}, publisher)))];
}

const namespace = 'http://www.rioxx.net/schema/v3.0/rioxx/';
const schema = 'http://www.rioxx.net/schema/v3.0/rioxx/rioxx.xsd';

export const rioxx3: Writing<XmlCrosswalk> = {
  title: 'RIOXX 3.0',
  describedAt: 'https://www.rioxx.net/profiles/v3-0-final/',
  rows: rioxx3Rows,
  lacks:
    'Access, licence and version are those of files: without files there are none. There is one title and one source, an ISSN or ISBN if there is any; no affiliations, no references, and of relations only isPartOf, isVersionOf, hasVersion and those of no stated kind.',
  prefix: 'rioxx',
  namespace,
  schema,
  roots: ['rioxx'],
  aliases: {
    prefixes: ['rioxx3', 'oai_rioxx', 'rioxx_v3', 'rioxxv3'],
    namespaces: ['http://docs.rioxx.net/schema/v3.0/', 'http://docs.rioxx.net/schema/v3.0/rioxx/'],
  },

  read: (metadata: XmlElement) => readRows(rioxx3Rows, metadata),

  write(record: Record): string {
    const attributes = {
      'xmlns:rioxx': namespace,
      'xmlns:rioxxterms': 'http://www.rioxx.net/schema/v3.0/rioxxterms/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${namespace} ${schema}`,
    };
    return writeRows('rioxx:rioxx', attributes, rioxx3Rows, record);
  },
};
