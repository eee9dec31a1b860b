/**
 * The JSON-LD 1.1 context of everything that a node publishes as JSON-LD. Nodes serve it at `{base}/context.jsonld`.
 *
 * It maps every property of `Record` and `Tombstone` to a term that the field uses already; terms of our own stand
 * under `ngr:`, and only where none fits. The documents keep the names and nesting of the record type, so that a script
 * needs no RDF: `access`, `relations` and `source` are groupings (`@nest`) that leave no trace in the graph.
 */

import { assessment } from './assessment-context.ts';
import { link, links, literalOf, set, type Context } from './context-terms.ts';
import { institution } from './institution-context.ts';
import { policy } from './policy-context.ts';
import { usage } from './usage-context.ts';
import { statement, work } from './work-context.ts';

export type { Context } from './context-terms.ts';

/** Where a node serves the context: what its documents name as `@context`. */
export function contextUrl(base: string): string {
  return `${base}/context.jsonld`;
}

/** Short names of the vocabularies. */
export const prefixes = {
  as: 'https://www.w3.org/ns/activitystreams#',
  bibo: 'http://purl.org/ontology/bibo/',
  cito: 'http://purl.org/spar/cito/',
  datacite: 'http://purl.org/spar/datacite/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  earl: 'http://www.w3.org/ns/earl#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  frapo: 'http://purl.org/cerif/frapo/',
  frbr: 'http://purl.org/vocab/frbr/core#',
  iana: 'http://www.iana.org/assignments/relation/',
  ldp: 'http://www.w3.org/ns/ldp#',
  literal: 'http://www.essepuntato.it/2010/06/literalreification/',
  ngr: 'https://w3id.org/ngr#',
  org: 'http://www.w3.org/ns/org#',
  prism: 'http://prismstandard.org/namespaces/basic/2.0/',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  rioxxterms: 'http://docs.rioxx.net/schema/v2.0/rioxxterms/',
  schema: 'https://schema.org/',
  vivo: 'http://vivoweb.org/ontology/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** Text with its language, `{ "value": "Ein Titel", "language": "de" }`. */
const inLanguage: Context = { value: '@value', language: '@language' };

/** A literal whose datatype differs from one to the next, `{ "value": "2016-05", "type": "xsd:gYearMonth" }`. */
const typed: Context = { value: '@value' };

/** `kind` says what an agent is; its order within the list is that of the publication. */
const agent: Context = {
  kind: '@type',
  person: 'foaf:Person',
  organisation: 'foaf:Organization',
  unknown: 'foaf:Agent',
  name: 'foaf:name',
  family: 'foaf:familyName',
  given: 'foaf:givenName',
  orcid: link('vivo:orcidId'),
  affiliation: 'org:memberOf',
};

/** The schemes are the individuals of the SPAR DataCite Ontology. */
const identifier: Context = {
  scheme: { '@id': 'datacite:usesIdentifierScheme', '@type': '@vocab' },
  value: 'literal:hasLiteralValue',
  doi: 'datacite:doi',
  handle: 'datacite:handle',
  urn: 'datacite:urn',
  isbn: 'datacite:isbn',
  issn: 'datacite:issn',
  pmid: 'datacite:pmid',
  arxiv: 'datacite:arxiv',
  url: 'datacite:url',
};

const record: Context = {
  CreativeWork: 'schema:CreativeWork',
  node: 'ngr:node',
  oaiIdentifier: 'dcterms:identifier',
  sets: set('ngr:setSpec'),
  datestamp: { '@id': 'dcterms:modified', '@context': typed },
  titles: set('dcterms:title', inLanguage),
  creators: { '@id': 'bibo:authorList', '@container': '@list', '@context': agent },
  contributors: { '@id': 'bibo:contributorList', '@container': '@list', '@context': agent },
  abstracts: set('dcterms:abstract', inLanguage),
  subjects: set('dc:subject', inLanguage),
  published: { '@id': 'dcterms:issued', '@context': typed },
  publisher: 'dc:publisher',
  languages: set('schema:inLanguage'),
  resourceType: link('dcterms:type'),
  version: link('bibo:status'),
  access: '@nest',
  right: link('dcterms:accessRights'),
  embargoEnds: { '@id': 'dcterms:available', '@context': typed },
  licence: link('dcterms:license'),
  identifiers: set('datacite:hasIdentifier', identifier),
  publishedDoi: link('rioxxterms:version_of_record'),
  relations: '@nest',
  isVersionOf: links('dcterms:isVersionOf'),
  hasVersion: links('dcterms:hasVersion'),
  isPartOf: links('dcterms:isPartOf'),
  hasPart: links('dcterms:hasPart'),
  references: links('dcterms:references'),
  isReferencedBy: links('dcterms:isReferencedBy'),
  isSupplementTo: links('frbr:supplementOf'),
  isSupplementedBy: links('frbr:supplement'),
  replaces: links('dcterms:replaces'),
  isReplacedBy: links('dcterms:isReplacedBy'),
  isTranslationOf: links('schema:translationOfWork'),
  isReviewOf: links('schema:itemReviewed'),
  isDerivedFrom: links('prov:wasDerivedFrom'),
  relation: links('dcterms:relation'),
  referenceList: set('dcterms:references', {
    text: 'dcterms:bibliographicCitation',
    title: 'dcterms:title',
    work: link('schema:sameAs'),
  }),
  /** What the node found of the references: the works that are held or otherwise known. */
  cites: links('cito:cites'),
  citedBy: links('cito:isCitedBy'),
  funding: set('frapo:isFundedBy', { name: 'foaf:name' }),
  funder: 'frapo:isAwardedBy',
  award: 'frapo:hasGrantNumber',
  source: '@nest',
  publicationName: 'prism:publicationName',
  volume: 'bibo:volume',
  issue: 'bibo:issue',
  pages: 'bibo:pages',
  citation: 'dcterms:bibliographicCitation',
  files: set('schema:encoding', {
    access: link('dcterms:accessRights'),
    textState: 'ngr:fullTextState',
    withdrawn: {
      '@id': 'prov:wasInvalidatedBy',
      '@context': { reason: 'dcterms:description', at: literalOf('prov:endedAtTime', 'xsd:dateTime') },
    },
  }),
  url: link('schema:contentUrl'),
  format: 'dc:format',
  length: literalOf('dcat:byteSize', 'xsd:nonNegativeInteger'),
  sha256: 'schema:sha256',
  provenance: { '@id': 'prov:wasGeneratedBy', '@context': { source: link('prov:used') } },
  harvestedAt: literalOf('prov:endedAtTime', 'xsd:dateTime'),
  detectedLanguage: {
    '@id': 'ngr:detectedLanguage',
    '@context': {
      language: 'schema:inLanguage',
      confidence: literalOf('ngr:confidence', 'xsd:nonNegativeInteger'),
    },
  },
  raw: set('ngr:rawMetadata', { text: 'rdf:value' }),
  xml: literalOf('rdf:value', 'rdf:XMLLiteral'),
  /** What names a thing but is no IRI. */
  identifier: 'dcterms:identifier',
};

/** What others said of a record, and who did (`announcement.ts`). */
const said: Context = {
  Review: 'schema:Review',
  Relationship: 'as:Relationship',
  citeAs: link('iana:cite-as'),
  subject: link('as:subject'),
  relationship: link('as:relationship'),
  object: link('as:object'),
  announcedBy: 'as:attributedTo',
  announcedIn: link('prov:wasDerivedFrom'),
  announcedAt: literalOf('as:published', 'xsd:dateTime'),
};

const announced: Context = {
  reviews: set('schema:review', said),
  endorsements: set('ngr:endorsement', said),
  relationships: set('ngr:announcedRelationship', said),
  serviceResults: set('ngr:serviceResult', said),
};

const tombstone: Context = {
  Tombstone: 'as:Tombstone',
  tombstone: {
    '@id': 'prov:wasInvalidatedBy',
    '@context': {
      kind: '@type',
      withdrawn: 'ngr:Withdrawal',
      deleted: 'ngr:Deletion',
      reason: 'dcterms:description',
      at: literalOf('prov:endedAtTime', 'xsd:dateTime'),
    },
  },
};

/** Lists of all kinds are Activity Streams 2.0 ordered collections and their pages. */
const collection: Context = {
  OrderedCollection: 'as:OrderedCollection',
  OrderedCollectionPage: 'as:OrderedCollectionPage',
  summary: 'as:summary',
  totalItems: literalOf('as:totalItems', 'xsd:nonNegativeInteger'),
  startIndex: literalOf('as:startIndex', 'xsd:nonNegativeInteger'),
  partOf: link('as:partOf'),
  first: link('as:first'),
  last: link('as:last'),
  next: link('as:next'),
  prev: link('as:prev'),
  orderedItems: { '@id': 'as:items', '@container': '@list' },
  /**
   * Of a list of citations: references in all, those whose works are held, works that cite, and whether there may be more of
   * these.
   */
  citationCounts: {
    '@id': 'ngr:citationCounts',
    '@context': {
      references: literalOf('ngr:references', 'xsd:nonNegativeInteger'),
      cites: literalOf('ngr:citedWorks', 'xsd:nonNegativeInteger'),
      citedBy: literalOf('ngr:citingWorks', 'xsd:nonNegativeInteger'),
      isMore: 'ngr:isMore',
    },
  },
  /** Of the results of a search: the query that was searched instead, and by what it can be narrowed. */
  correctedQuery: 'ngr:correctedQuery',
  isCutShort: 'ngr:isCutShort',
  facets: set('ngr:facet', {
    property: 'ngr:searchParameter',
    values: { '@id': 'ngr:facetValue', '@container': '@list' },
    value: 'rdf:value',
    name: 'schema:name',
    count: literalOf('ngr:count', 'xsd:nonNegativeInteger'),
  }),
  /** How well an item answers the question, more is better; comparable within one answer only. */
  score: literalOf('ngr:score', 'xsd:double'),
  /** Why an item is there: shared terms, match keys. */
  reasons: set('ngr:reason'),
  /** Of a copy: it is not held here, but was found at a node whose feed is not followed. */
  lookedUp: 'ngr:lookedUp',
};

/** A node, itself or as a peer sees it. */
const node: Context = {
  Node: 'ngr:Node',
  name: 'foaf:name',
  base: link('foaf:homepage'),
  inbox: link('ldp:inbox'),
  networks: { '@id': 'ngr:network', '@container': '@set' },
  software: 'schema:softwareVersion',
  addresses: set('ngr:multiaddr'),
  self: 'ngr:self',
  connected: 'ngr:connected',
  followed: 'ngr:followed',
  why: 'ngr:followedBecause',
  seq: 'ngr:seq',
  headSeq: 'ngr:headSeq',
  lag: 'ngr:lag',
  records: 'ngr:records',
  complete: 'ngr:complete',
  headTime: literalOf('ngr:headTime', 'xsd:dateTime'),
  bytes: 'ngr:bytes',
  received: 'ngr:bytesReceived',
  sent: 'ngr:bytesSent',
  clockAheadSeconds: 'ngr:clockAheadSeconds',
  lastContact: literalOf('ngr:lastContact', 'xsd:dateTime'),
  proof: 'ngr:domainProof',
  provedAt: literalOf('ngr:provedAt', 'xsd:dateTime'),
  country: 'schema:addressCountry',
  location: {
    '@id': 'schema:geo',
    '@context': { latitude: 'schema:latitude', longitude: 'schema:longitude' },
  },
  refused: set('ngr:refused'),
  cutOff: 'ngr:cutOff',
  /** Two things that the node signed for one place of its feed. */
  fork: {
    '@id': 'ngr:fork',
    '@context': {
      kind: 'ngr:forkKind',
      signed: set('ngr:signed'),
      time: literalOf('ngr:signedAt', 'xsd:dateTime'),
      digest: 'ngr:digest',
      live: 'ngr:live',
      record: link('ngr:record'),
      change: 'ngr:change',
    },
  },
  code: 'ngr:code',
  count: 'ngr:count',
};

/**
 * The terms, those last that have a context of their own. The order says nothing in JSON-LD, but PyLD (up to 2.0.3 at least)
 * knows within such a term only the terms that stand before it, and drops the others in silence.
 */
function scopedLast(terms: Context): Context {
  const entries = Object.entries(terms);
  const isScoped = ([, term]: (typeof entries)[number]): boolean =>
    typeof term === 'object' && term !== null && '@context' in term;
  return Object.fromEntries([...entries.filter((entry) => !isScoped(entry)), ...entries.filter(isScoped)]);
}

/** The document at `{base}/context.jsonld`. */
export const contextDocument: { readonly '@context': Context } = {
  '@context': {
    '@version': 1.1,
    ...prefixes,
    id: '@id',
    type: '@type',
    ...scopedLast({
      ...record,
      ...announced,
      ...tombstone,
      ...collection,
      ...work,
      ...statement,
      ...node,
      ...usage,
      ...assessment,
      ...institution,
      ...policy,
    }),
  },
};
