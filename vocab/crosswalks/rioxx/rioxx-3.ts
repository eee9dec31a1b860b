import type { Record } from '../../record.ts';
import { element, raw } from '../../xml/index.ts';
import { crosswalkByRows, textElements, type XmlRow } from '../xml-table.ts';
import { elementsOfPerson } from './people.ts';
import { externalResourcesXml, landingAddress, ownResourcesXml } from './resources.ts';
import { common, second, sharedRows, third } from './rows.ts';
import { fundingXml } from './write.ts';

/**
 * RIOXX 3.0 (https://www.rioxx.net/profiles/v3-0-final/). dc:coverage, projects and the dates of deposit and of the
 * record's own release have no place in a record. What RIOXX 2 has besides is read too: repositories mix the two. The date
 * of acceptance is mandatory, but nothing can stand for it.
 */
const rioxx3Rows: readonly XmlRow[] = [
  ...sharedRows,
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
  { ...common.identifier, write: (record) => textElements('dc:identifier', [landingAddress(record)]) },
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

export const rioxx3 = crosswalkByRows({
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
  root: 'rioxx:rioxx',
  namespaces: {
    rioxx: namespace,
    rioxxterms: 'http://www.rioxx.net/schema/v3.0/rioxxterms/',
    dc: 'http://purl.org/dc/elements/1.1/',
  },
});
