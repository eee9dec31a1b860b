import { accessRightUri, nearestType } from '../coar/index.ts';
import { identifierUrl } from '../identifiers.ts';
import { filesInView, type Agent, type Identifier, type Record as NgrRecord } from '../record.ts';
import { iriOf } from './iri.ts';
import type { JsonLdObject } from './record.ts';

/** COAR Resource Types, by the class of schema.org that fits; narrower ones take their wider one's. */
const classes: Readonly<Record<string, string>> = {
  c_6501: 'ScholarlyArticle',
  c_3e5a: 'Article',
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

/** The class of schema.org that fits a record best. */
export function schemaOrgClass({ type }: Pick<NgrRecord, 'type'>): string {
  return nearestType(type, classes) ?? 'CreativeWork';
}

/**
 * A record in terms of schema.org, for search engines and for who asks for that profile: plain JSON-LD whose one context
 * is schema.org's own, with nothing of our terms. Withdrawn files are not in it.
 */
export function recordToSchemaOrg(record: NgrRecord): JsonLdObject {
  const { publishedDoi, publisher, licence, languages, published, source, access } = record;
  const doi = publishedDoi === undefined ? undefined : identifierUrl({ scheme: 'doi', value: publishedDoi });
  return present({
    '@context': 'https://schema.org/',
    '@type': schemaOrgClass(record),
    '@id': record.id,
    url: record.id,
    name: record.titles[0]?.value,
    alternateName: manyOf(record.titles.slice(1).map(({ value }) => value)),
    author: manyOf(record.creators.map(agentOf)),
    contributor: manyOf(record.contributors.map(agentOf)),
    datePublished: published,
    publisher: publisher === undefined ? undefined : { '@type': 'Organization', name: publisher },
    description: record.abstracts[0]?.value,
    inLanguage: manyOf(languages),
    keywords: manyOf(record.subjects.map(({ value }) => value)),
    license: licence === undefined ? undefined : (iriOf(licence) ?? licence),
    isAccessibleForFree: access === undefined ? undefined : access.right === 'open',
    conditionsOfAccess: access === undefined ? undefined : accessRightUri(access.right),
    identifier: manyOf(record.identifiers.map(propertyValue)),
    sameAs: manyOf([
      ...new Set([...record.identifiers.map(identifierUrl), doi].filter((address) => address !== undefined)),
    ]),
    isPartOf: source?.title === undefined ? undefined : partOf(record),
    pagination: source?.pages,
    citation: manyOf(record.references.map(({ text }) => text)),
    funding: manyOf(
      record.funding.map(({ funder, award }) =>
        present({
          '@type': 'Grant',
          identifier: award,
          funder: funder === undefined ? undefined : { '@type': 'Organization', name: funder },
        }),
      ),
    ),
    encoding: manyOf(
      filesInView(record)
        .filter((file) => file.access === 'open')
        .map(({ url, format, length, sha256 }) =>
          present({
            '@type': 'MediaObject',
            contentUrl: iriOf(url) ?? url,
            encodingFormat: format,
            contentSize: length === undefined ? undefined : `${length} B`,
            sha256,
          }),
        ),
    ),
  });
}

function agentOf({ kind, name, family, given, orcid, affiliation, ror }: Agent): JsonLdObject {
  return present({
    '@type': kind === 'organisation' ? 'Organization' : 'Person',
    '@id': orcid === undefined ? undefined : `https://orcid.org/${orcid}`,
    name,
    familyName: family,
    givenName: given,
    affiliation:
      affiliation === undefined
        ? undefined
        : present({
            '@type': 'Organization',
            '@id': ror === undefined ? undefined : iriOf(ror),
            name: affiliation,
          }),
  });
}

function propertyValue({ scheme, value }: Identifier): JsonLdObject {
  return { '@type': 'PropertyValue', propertyID: scheme, value };
}

/** The issue of the volume of the journal, or whatever of it is told. */
function partOf({ source, relations }: NgrRecord): JsonLdObject {
  const issn = relations.find(({ kind, target }) => kind === 'isPartOf' && target.scheme === 'issn');
  const isPeriodical = issn !== undefined || source?.volume !== undefined || source?.issue !== undefined;
  const whole = present({
    '@type': isPeriodical ? 'Periodical' : 'CreativeWork',
    name: source?.title,
    issn: issn?.target.value,
  });
  const volume = within(whole, 'PublicationVolume', 'volumeNumber', source?.volume);
  return within(volume, 'PublicationIssue', 'issueNumber', source?.issue);
}

function within(whole: JsonLdObject, type: string, property: string, number?: string): JsonLdObject {
  return number === undefined ? whole : { '@type': type, [property]: number, isPartOf: whole };
}

/** One thing by itself, several as a list, none not at all. */
function manyOf<T>(values: readonly T[]): T | readonly T[] | undefined {
  return values.length <= 1 ? values[0] : values;
}

function present(object: JsonLdObject): JsonLdObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
