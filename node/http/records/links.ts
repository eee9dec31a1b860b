import { LDP_INBOX } from '../../../protocols/ldn/index.ts';
import { writeLinkHeader, writeLinkset, type GivenLink } from '../../../protocols/signposting/index.ts';
import { schemaOrgClass } from '../../../vocab/json-ld/index.ts';
import { baseOfIri } from '../../../vocab/record-key.ts';
import { filesInView, isTombstone, type Holding, type Record as NgrRecord } from '../../../vocab/record.ts';
import { HTML, type Format } from '../negotiation/formats.ts';
import type { Site } from '../site.ts';
import { resolverOf, webAddress } from './web-address.ts';

/** A header of thousands of authors would be refused by clients; who wants all of them reads the link set. */
const MOST_OF_A_KIND = 20;

/**
 * The `Link` header of a holding in one of its formats: the other formats, the holding at its origin, the collection, the
 * inbox (LDN, section 3.1), and what Signposting's FAIR profile asks of a landing page (`cite-as`, `describedby`, `type`,
 * `author`, `license`, `item`, `linkset`) and of metadata (`describes`).
 */
export function recordLinks(
  site: Site,
  key: string,
  holding: Holding,
  format: Format,
  formats: readonly Format[],
): string {
  return writeLinkHeader([
    ...surroundings(site, key, holding),
    ...formats
      .filter((other) => other !== format)
      .map((other) => formatLink(site, key, other, format === HTML ? 'alternate describedby' : 'alternate')),
    ...(format === HTML || isTombstone(holding)
      ? []
      : [{ href: address(site, key), rel: 'describes', type: 'text/html' }]),
    ...(isTombstone(holding)
      ? []
      : [...citation(holding), ...(format === HTML ? aboutness(holding, MOST_OF_A_KIND) : [])]),
  ]);
}

/** The links of a landing page that stand in its head, for those who do not see headers. */
export function landingPageLinks(
  site: Site,
  key: string,
  record: NgrRecord,
  formats: readonly Format[],
): GivenLink[] {
  return [
    ...formats
      .filter((format) => format !== HTML)
      .map((format) => formatLink(site, key, format, 'describedby')),
    ...citation(record),
    ...aboutness(record, MOST_OF_A_KIND),
    // Every page names its canonical address by itself.
    ...surroundings(site, key, record).filter(({ rel }) => rel !== 'canonical'),
  ];
}

/**
 * All links of a record as a link set (RFC 9264; FAIR Signposting level 2): those of the landing page, and back from its
 * files and from each of its descriptions.
 */
export function recordLinkset(
  site: Site,
  key: string,
  record: NgrRecord,
  formats: readonly Format[],
): string {
  const here = address(site, key);
  const descriptions = formats.filter((format) => format !== HTML);
  return writeLinkset([
    {
      anchor: here,
      links: [
        ...surroundings(site, key, record),
        ...descriptions.map((format) => formatLink(site, key, format, 'describedby')),
        ...citation(record),
        ...aboutness(record, Infinity),
      ],
    },
    ...openFiles(record).map(({ href, type }) => ({
      anchor: href,
      links: [{ href: here, rel: 'collection', type: 'text/html' }, ...typeLink(type), ...licence(record)],
    })),
    ...descriptions.map(({ name }) => ({
      anchor: `${here}?format=${name}`,
      links: [{ href: here, rel: 'describes', type: 'text/html' }],
    })),
  ]);
}

const address = (site: Site, key: string): string => `${site.base}/records/${key}`;

function surroundings(site: Site, key: string, holding: Holding): GivenLink[] {
  const canonical = webAddress(holding.id);
  return [
    ...(canonical === undefined ? [] : [{ href: canonical, rel: 'canonical' }]),
    { href: `${site.base}/records`, rel: 'collection' },
    inboxLink(holding),
    // The lists are of the node's own records.
    ...(holding.node === site.node
      ? [{ href: `${site.base}/resourcesync/capabilitylist.xml`, rel: 'resourcesync' }]
      : []),
    ...(isTombstone(holding) ? [] : [linksetLink(site, key)]),
  ];
}

/** The origin's own, also of a copy: it alone decides what is shown with its record. */
function inboxLink({ id }: Pick<Holding, 'id'>): GivenLink {
  return { href: `${baseOfIri(id)}/inbox`, rel: LDP_INBOX };
}

function linksetLink(site: Site, key: string): GivenLink {
  return { href: `${address(site, key)}/linkset`, rel: 'linkset', type: 'application/linkset+json' };
}

function formatLink(site: Site, key: string, { name, types, profile }: Format, rel: string): GivenLink {
  const href = `${address(site, key)}?format=${name}`;
  return { href, rel, type: types[0], ...(profile !== undefined && { profile }) };
}

/**
 * The identifier under which the work is best cited (RFC 8574): the DOI of this version, else its handle, else the DOI of
 * the published version.
 */
function citation(record: NgrRecord): GivenLink[] {
  const dois = record.identifiers.filter(({ scheme }) => scheme === 'doi');
  const best =
    dois.find(({ value }) => value !== record.publishedDoi) ??
    record.identifiers.find(({ scheme }) => scheme === 'handle') ??
    (record.publishedDoi === undefined ? undefined : { scheme: 'doi' as const, value: record.publishedDoi });
  const href = best === undefined ? undefined : resolverOf(best);
  return [...(href === undefined ? [] : [{ href, rel: 'cite-as' }]), ...licence(record)];
}

function licence({ licence: address }: NgrRecord): GivenLink[] {
  const href = address === undefined ? undefined : webAddress(address);
  return href === undefined ? [] : [{ href, rel: 'license' }];
}

function aboutness(record: NgrRecord, most: number): GivenLink[] {
  const authors = record.creators.flatMap(({ orcid }) => {
    const href = orcid === undefined ? undefined : webAddress(`https://orcid.org/${orcid}`);
    return href === undefined ? [] : [{ href, rel: 'author' }];
  });
  return [
    { href: 'https://schema.org/AboutPage', rel: 'type' },
    { href: `https://schema.org/${schemaOrgClass(record)}`, rel: 'type' },
    ...authors.slice(0, most),
    ...openFiles(record).slice(0, most),
  ];
}

function openFiles(record: NgrRecord): GivenLink[] {
  return filesInView(record).flatMap(({ url, format, access }) => {
    const href = access === 'open' ? webAddress(url) : undefined;
    return href === undefined ? [] : [{ href, rel: 'item', ...(format !== undefined && { type: format }) }];
  });
}

/** What a file is, by the class of schema.org that its media type stands for. */
function typeLink(type: string | undefined): GivenLink[] {
  const kind = /^(image|video|audio)\//.exec(type ?? '')?.[1];
  const name = kind === undefined ? 'MediaObject' : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Object`;
  return [{ href: `https://schema.org/${name}`, rel: 'type' }];
}
