import { versions } from '../../coar/index.ts';
import { filesInView, type Record } from '../../record.ts';
import { writtenIdentifier } from '../written-identifier.ts';
import { crosswalkByRows, textElements, type XmlRow } from '../xml-table.ts';
import { freeToReadXml, licencesXml } from './licences.ts';
import { textOfPerson } from './people.ts';
import { isAddress, landingAddress, landingPage } from './resources.ts';
import { common, second, sharedRows, third } from './rows.ts';
import { termOfType } from './types.ts';
import { fundingXml } from './write.ts';

/**
 * RIOXX 2.0 (https://www.rioxx.net/profiles/v2-0-final/): one record a file. Charges (rioxxterms:apc) and dc:coverage
 * have no place in a record. `rioxxterms:type` and `rioxxterms:version` are mandatory, hence `Other` and `NA` where
 * nothing is known; the date of acceptance is too, but nothing can stand for it.
 */
const rioxx2Rows: readonly XmlRow[] = [
  ...sharedRows,
  {
    ...second.author,
    write: ({ creators }) =>
      creators.map((creator, index) => textOfPerson('rioxxterms:author', creator, index === 0)),
  },
  {
    ...common.contributor,
    write: ({ contributors }) =>
      contributors.map((contributor) => textOfPerson('rioxxterms:contributor', contributor, false)),
  },
  { ...second.publisher, write: ({ publisher }) => textElements('dc:publisher', [publisher]) },
  { ...second.type, write: ({ type }) => textElements('rioxxterms:type', [termOfType(type)]) },
  { ...second.version, write: ({ version }) => textElements('rioxxterms:version', [versionTerm(version)]) },
  {
    ...second.versionOfRecord,
    write: ({ publishedDoi: value }) =>
      textElements('rioxxterms:version_of_record', [value && writtenIdentifier({ scheme: 'doi', value })]),
  },
  { ...common.identifier, write: (record) => textElements('dc:identifier', [addressOf(record)]) },
  { ...second.format, write: (record) => textElements('dc:format', [filesInView(record)[0]?.format]) },
  { ...second.relation, write: (record) => textElements('dc:relation', relatedAddresses(record)) },
  { ...second.project, write: (record) => fundingXml('rioxxterms:project', record) },
  { ...second.freeToRead, write: freeToReadXml },
  { ...second.licences, write: licencesXml },
  third.creator,
  third.externalRelation,
  third.grant,
];

function versionTerm(uri: string | undefined): string {
  return (uri === undefined ? undefined : versions.byUri(uri))?.abbreviation ?? 'NA';
}

/** The file's own, as the profile recommends. */
function addressOf(record: Record): string {
  return filesInView(record)[0]?.url ?? landingAddress(record);
}

/** The page about a file, and related works of which nothing more is said. */
function relatedAddresses(record: Record): string[] {
  const page = landingPage(record);
  const pages =
    page === undefined ? [] : [writtenIdentifier(page)].filter((url) => url !== addressOf(record));
  const related = record.relations
    .filter(({ kind }) => kind === 'relation')
    .map(({ target }) => writtenIdentifier(target));
  return [...pages, ...related.filter(isAddress)];
}

const namespace = 'http://www.rioxx.net/schema/v2.0/rioxx/';
const schema = 'http://www.rioxx.net/schema/v2.0/rioxx/rioxx.xsd';

export const rioxx2 = crosswalkByRows({
  title: 'RIOXX 2.0',
  describedAt: 'https://www.rioxx.net/profiles/v2-0-final/',
  rows: rioxx2Rows,
  lacks:
    'There is one title, one file, one identifier and one source, an ISSN or ISBN if there is any; no affiliations, no kinds of relations, no references, and no word for restricted access.',
  prefix: 'rioxx2',
  namespace,
  schema,
  roots: ['rioxx'],
  aliases: {
    prefixes: ['rioxx', 'oai_rioxx', 'rioxx_v2', 'rioxxv2'],
    namespaces: ['http://docs.rioxx.net/schema/v2.0/', 'http://docs.rioxx.net/schema/v2.0/rioxx/'],
  },
  root: 'rioxx:rioxx',
  namespaces: {
    rioxx: namespace,
    rioxxterms: 'http://www.rioxx.net/schema/v2.0/rioxxterms/',
    ali: 'http://ali.niso.org/2014/ali/1.0',
    dc: 'http://purl.org/dc/elements/1.1/',
  },
});
