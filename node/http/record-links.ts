import { resourceSyncLink } from '../../protocols/resourcesync/index.ts';
import { resourceTypes } from '../../vocab/coar/index.ts';
import { isTombstone, type Holding, type Record as NgrRecord } from '../../vocab/record.ts';
import { MEDIA_TYPES, type Format } from './negotiation.ts';
import type { Site } from './site.ts';
import { resolverOf, webAddress } from './web-address.ts';

/** A header of thousands of authors would be refused by clients; who wants all of them reads the record. */
const MOST_OF_A_KIND = 20;

/**
 * The `Link` header of a record in one of its formats: the other formats, the record at its origin, the collection, the
 * inbox (LDN, section 3.1), and what Signposting's FAIR profile asks of a landing page (`cite-as`, `describedby`, `type`,
 * `author`, `license`, `item`) and of metadata (`describes`).
 */
export function recordLinks(
  site: Site,
  key: string,
  holding: Holding,
  format: Format,
  formats: readonly Format[],
): string {
  const here = `${site.base}/records/${key}`;
  const links = [
    link(webAddress(holding.id), 'canonical'),
    ...formats
      .filter((other) => other !== format)
      .map((other) => link(`${here}?format=${other}`, 'alternate', MEDIA_TYPES[other][0])),
    link(`${site.base}/records`, 'collection'),
    link(`${site.base}/inbox`, 'http://www.w3.org/ns/ldp#inbox'),
    // The lists are of the node's own records.
    ...(holding.node === site.node ? [resourceSyncLink(`${site.base}/resourcesync/capabilitylist.xml`)] : []),
  ];
  if (!isTombstone(holding)) {
    links.push(
      ...(format === 'html'
        ? landingPageLinks(here, holding, formats)
        : [link(here, 'describes', 'text/html')]),
    );
    links.push(link(citeAs(holding), 'cite-as'), link(licenceOf(holding), 'license'));
  }
  return links.filter((text) => text !== undefined).join(', ');
}

function landingPageLinks(
  here: string,
  record: NgrRecord,
  formats: readonly Format[],
): (string | undefined)[] {
  return [
    ...formats
      .filter((format) => format !== 'html')
      .map((format) => link(`${here}?format=${format}`, 'describedby', MEDIA_TYPES[format][0])),
    link('https://schema.org/AboutPage', 'type'),
    link(schemaType(record), 'type'),
    ...record.creators
      .flatMap(({ orcid }) =>
        orcid === undefined ? [] : [link(webAddress(`https://orcid.org/${orcid}`), 'author')],
      )
      .slice(0, MOST_OF_A_KIND),
    ...record.files
      .filter(({ access }) => access === 'open')
      .map(({ url, format }) => link(webAddress(url), 'item', format))
      .slice(0, MOST_OF_A_KIND),
  ];
}

/**
 * The identifier under which the work is best cited (RFC 8574): the DOI of this version, else its handle, else the DOI of
 * the published version.
 */
function citeAs(record: NgrRecord): string | undefined {
  const dois = record.identifiers.filter(({ scheme }) => scheme === 'doi');
  const best =
    dois.find(({ value }) => value !== record.publishedDoi) ??
    record.identifiers.find(({ scheme }) => scheme === 'handle') ??
    (record.publishedDoi === undefined ? undefined : { scheme: 'doi' as const, value: record.publishedDoi });
  return best === undefined ? undefined : resolverOf(best);
}

function licenceOf({ licence }: NgrRecord): string | undefined {
  return licence === undefined ? undefined : webAddress(licence);
}

/** COAR Resource Types, by the class of schema.org that fits; narrower ones take their wider one's. */
const schemaTypes: Readonly<Record<string, string>> = {
  c_6501: 'ScholarlyArticle',
  c_18cf: 'CreativeWork',
  c_2f33: 'Book',
  c_3248: 'Chapter',
  c_46ec: 'Thesis',
  c_93fc: 'Report',
  c_ddb1: 'Dataset',
  c_5ce6: 'SoftwareSourceCode',
  c_c513: 'ImageObject',
  c_12ce: 'VideoObject',
  c_18cc: 'AudioObject',
  c_12cd: 'Map',
  c_7ad9: 'WebSite',
  c_efa0: 'Review',
  c_5794: 'ScholarlyArticle',
  c_816b: 'ScholarlyArticle',
  c_8042: 'ScholarlyArticle',
  c_0640: 'Periodical',
  c_e059: 'LearningResource',
};

function schemaType({ type }: NgrRecord): string {
  let concept = type === undefined ? undefined : resourceTypes.byUri(type);
  while (concept !== undefined) {
    const name = schemaTypes[concept.uri.slice(concept.uri.lastIndexOf('/') + 1)];
    if (name !== undefined) return `https://schema.org/${name}`;
    concept = concept.broader === undefined ? undefined : resourceTypes.byUri(concept.broader);
  }
  return 'https://schema.org/CreativeWork';
}

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/** One link (RFC 8288); undefined where there is nothing to link to. A media type from a record has to be one. */
function link(target: string | undefined, relation: string, type?: string): string | undefined {
  if (target === undefined) return undefined;
  return `<${target}>; rel="${relation}"${type !== undefined && MEDIA_TYPE.test(type) ? `; type="${type}"` : ''}`;
}
