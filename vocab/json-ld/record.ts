import { accessRightUri } from '../coar/index.ts';
import {
  isTombstone,
  rawInView,
  type Agent,
  type Funding,
  type Holding,
  type Record as NgrRecord,
  type RawMetadata,
  type RecordFile,
  type Reference,
  type Relation,
  type RelationKind,
  type Source,
} from '../record.ts';
import { identifierIri, iriOf } from './iri.ts';
import { dateLiteral, languageStrings, timeLiteral } from './literals.ts';

/** A node object of JSON-LD, in terms of our context. */
export type JsonLdObject = { [term: string]: unknown };

/**
 * A record or tombstone as a JSON-LD 1.1 document, whole.
 *
 * The names and the nesting are those of the record type, with these exceptions: `type` is the JSON-LD class and
 * `resourceType` the COAR concept; access rights are COAR concepts; dates are `{ value, type }`; relations are lists of
 * IRIs by kind; the entries of the list of references are a `referenceList`; an affiliation and a funder are nodes whose
 * `id` is their ROR or registry id; of a withdrawn file only the withdrawal is told.
 *
 * @param options.context where the node serves the context, `{base}/context.jsonld`
 */
export function recordToJsonLd(holding: Holding, options: { context: string }): JsonLdObject {
  const document = nodeOf(holding, { '@context': options.context });
  if (!isTombstone(holding)) document['raw'] = rawInView(holding).map(rawNode);
  return document;
}

/** XML is a literal of its own kind; everything else is text. */
function rawNode({ format, text }: RawMetadata): JsonLdObject {
  return text.startsWith('<') ? { format, xml: text } : { format, text };
}

/** The same without the raw metadata and without a context: an item of a collection. */
export function itemToJsonLd(holding: Holding): JsonLdObject {
  return nodeOf(holding, {});
}

/** Fills `node` in place: this is done for every record of every page, and copies would take most of the time. */
function nodeOf(holding: Holding, node: JsonLdObject): JsonLdObject {
  node['id'] = iriOf(holding.id) ?? holding.id;
  node['type'] = isTombstone(holding) ? 'Tombstone' : 'CreativeWork';
  node['node'] = holding.node;
  node['oaiIdentifier'] = holding.oaiIdentifier;
  node['sets'] = holding.sets;
  node['datestamp'] = dateLiteral(holding.datestamp);
  node['titles'] = languageStrings(holding.titles);
  if (isTombstone(holding)) {
    const { kind, reason, at } = holding.tombstone;
    node['tombstone'] = { kind, reason, at: timeLiteral(at) };
  } else {
    addDescription(holding, node);
  }
  node['identifiers'] = holding.identifiers;
  return node;
}

function addDescription(record: NgrRecord, node: JsonLdObject): void {
  const { published, publisher, type, version, access, licence, publishedDoi, source, provenance, detected } =
    record;
  node['creators'] = record.creators.map(agentNode);
  node['contributors'] = record.contributors.map(agentNode);
  node['abstracts'] = languageStrings(record.abstracts);
  node['subjects'] = languageStrings(record.subjects);
  if (published !== undefined) node['published'] = dateLiteral(published);
  if (publisher !== undefined) node['publisher'] = publisher;
  node['languages'] = record.languages;
  if (type !== undefined) node['resourceType'] = link(type);
  if (version !== undefined) node['version'] = link(version);
  if (access !== undefined) node['access'] = accessOf(access);
  if (licence !== undefined) node['licence'] = link(licence);
  if (publishedDoi !== undefined) {
    node['publishedDoi'] = identifierIri({ scheme: 'doi', value: publishedDoi });
  }
  node['relations'] = relationsOf(record.relations);
  node['funding'] = record.funding.map(fundingNode);
  if (source !== undefined) node['source'] = sourceOf(source);
  node['files'] = record.files.map(fileNode);
  node['referenceList'] = record.references.map(referenceNode);
  if (detected !== undefined) node['detectedLanguage'] = detected;
  node['provenance'] = {
    source: link(provenance.source),
    format: provenance.format,
    harvestedAt: timeLiteral(provenance.harvestedAt),
  };
}

function agentNode({ kind, name, family, given, orcid, affiliation, ror }: Agent): JsonLdObject {
  const node: JsonLdObject = { kind, name };
  if (family !== undefined) node['family'] = family;
  if (given !== undefined) node['given'] = given;
  if (orcid !== undefined) node['orcid'] = iriOf(`https://orcid.org/${orcid}`);
  if (affiliation !== undefined || ror !== undefined) node['affiliation'] = named(affiliation, ror);
  return node;
}

function fundingNode({ funder, funderId, award }: Funding): JsonLdObject {
  const node: JsonLdObject = {};
  if (funder !== undefined || funderId !== undefined) node['funder'] = named(funder, funderId);
  if (award !== undefined) node['award'] = award;
  return node;
}

/** An organisation by its name, its id or both. */
function named(name: string | undefined, id: string | undefined): JsonLdObject {
  const node: JsonLdObject = {};
  const iri = id === undefined ? undefined : iriOf(id);
  if (iri !== undefined) node['id'] = iri;
  else if (id !== undefined) node['identifier'] = id;
  if (name !== undefined) node['name'] = name;
  return node;
}

function fileNode({ url, format, length, sha256, access, text, withdrawn }: RecordFile): JsonLdObject {
  if (withdrawn !== undefined) {
    return { withdrawn: { reason: withdrawn.reason, at: timeLiteral(withdrawn.at) } };
  }
  const node: JsonLdObject = { url: link(url), access: accessRightUri(access) };
  if (format !== undefined) node['format'] = format;
  if (length !== undefined) node['length'] = length;
  if (sha256 !== undefined) node['sha256'] = sha256;
  if (text !== undefined) node['textState'] = text;
  return node;
}

function referenceNode({ text, identifier, title, year }: Reference): JsonLdObject {
  const node: JsonLdObject = { text };
  const iri = identifier === undefined ? undefined : identifierIri(identifier);
  if (iri !== undefined) node['work'] = iri;
  else if (identifier !== undefined) node['identifiers'] = [identifier];
  if (title !== undefined) node['title'] = title;
  if (year !== undefined) node['published'] = dateLiteral(year);
  return node;
}

function accessOf({ right, embargoEnds }: NonNullable<NgrRecord['access']>): JsonLdObject {
  const node: JsonLdObject = { right: accessRightUri(right) };
  if (embargoEnds !== undefined) node['embargoEnds'] = dateLiteral(embargoEnds);
  return node;
}

function sourceOf({ title, ...rest }: Source): JsonLdObject {
  return title === undefined ? rest : { publicationName: title, ...rest };
}

function relationsOf(relations: readonly Relation[]): JsonLdObject {
  const byKind: Partial<Record<RelationKind, (string | JsonLdObject)[]>> = {};
  for (const { kind, target } of relations) {
    (byKind[kind] ??= []).push(identifierIri(target) ?? { '@value': target.value });
  }
  return byKind;
}

/** For terms whose values are IRIs; what is none stays as a literal, so that nothing is lost. */
function link(text: string): string | JsonLdObject {
  return iriOf(text) ?? { '@value': text };
}
