import { accessRights, accessRightUri, resourceTypes, versions } from '../../coar/index.ts';
import { normaliseIdentifier } from '../../identifiers.ts';
import { filesInView, type Identifier, type Record, type RecordFile } from '../../record.ts';
import { element, type XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { readIdentifier, readRelation } from '../oai-dc-read.ts';
import { writtenIdentifier } from '../written-identifier.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { isReserved, isUnderEmbargo } from './licences.ts';

/*
 * RIOXX 3 (https://www.rioxx.net/profiles/v3-0-final/): what the repository keeps is a dc:relation, a file (`item`) or a
 * persistent identifier (`cite-as`); what is elsewhere is a rioxxterms:ext_relation.
 */

/** Link relations, in whatever case; `cite_as` stands in the profile's own examples. */
function relOf(relation: XmlElement): string {
  return attributeOf(relation, 'rel').toLowerCase().replaceAll('_', '-');
}

/** In RIOXX 2 without attributes, a related work. */
export function readOwnResource(relation: XmlElement, description: DescriptionBuilder): void {
  const address = textOf(relation);
  const rel = relOf(relation);
  if (rel === 'item') readFile(relation, address, description);
  else if (rel === 'cite-as') readIdentifier({ value: address }, description);
  else if (rel === 'license') description.licence(address);
  else readRelation({ value: address }, description);
}

function readFile(relation: XmlElement, address: string, description: DescriptionBuilder): void {
  const licence = attributeOf(relation, 'license_ref');
  const said = accessRights.named(attributeOf(relation, 'access_rights'))?.right;
  const access = said ?? (isUnderEmbargo(licence) ? 'embargoed' : undefined);
  const exposed = attributeOf(relation, 'resource_exposed_date');
  if (!isReserved(licence)) description.licence(licence);
  description.version(attributeOf(relation, 'coar_version'));
  if (access === 'embargoed') description.embargoEnds(exposed);
  description.file(address, { format: attributeOf(relation, 'type'), access: access ?? '' });
}

const coarType = 'http://purl.org/coar/resource_type/';
const dataset = `${coarType}c_ddb1`;
const software = `${coarType}c_5ce6`;
const other = `${coarType}c_1843`;

/** Whether a type is data, software or one of their narrower concepts. */
function isSupplement(type: string): boolean {
  for (let concept = resourceTypes.named(type); concept !== undefined;) {
    if (concept.uri === dataset || concept.uri === software) return true;
    concept = concept.broader === undefined ? undefined : resourceTypes.byUri(concept.broader);
  }
  return false;
}

/** The published work, another version, data and software, or something of which no more is said. */
export function readExternalResource(relation: XmlElement, description: DescriptionBuilder): void {
  const target = normaliseIdentifier(textOf(relation));
  if (target === undefined) return;
  const version = versions.named(attributeOf(relation, 'coar_version'))?.abbreviation;
  if (version === 'VoR' || version === 'CVoR' || version === 'EVoR') {
    if (target.scheme === 'doi') description.publishedAs(target);
    else description.related('isVersionOf', target);
  } else if (version !== undefined) description.related('hasVersion', target);
  else if (isSupplement(attributeOf(relation, 'coar_type'))) description.related('isSupplementedBy', target);
  else description.related('relation', target);
}

/** The address of the page about the item: RIOXX wants exactly one. */
export function landingPage({ identifiers }: Record): Identifier | undefined {
  return (
    identifiers.find(({ scheme }) => scheme === 'url') ??
    identifiers.find((identifier) => isAddress(writtenIdentifier(identifier)))
  );
}

/** Where that page is; of an item whose repository tells of none it is the node's own, for RIOXX wants one of each. */
export function landingAddress(record: Record): string {
  const page = landingPage(record);
  return page === undefined ? record.id : writtenIdentifier(page);
}

export function isAddress(text: string): boolean {
  return /^https?:/.test(text);
}

/** The files, and the identifiers that are not the landing page's. */
export function ownResourcesXml(record: Record): string[] {
  const landing = landingPage(record);
  const others = record.identifiers.filter((identifier) => identifier !== landing);
  return [
    ...filesInView(record).map((file) => fileXml(file, record)),
    ...others.map((identifier) => element('dc:relation', { rel: 'cite-as' }, writtenIdentifier(identifier))),
  ];
}

function fileXml({ url, format, access }: RecordFile, record: Record): string {
  const attributes = {
    rel: 'item',
    type: format,
    coar_type: record.type,
    coar_version: record.version,
    resource_exposed_date: access === 'embargoed' ? record.access?.embargoEnds : undefined,
    // Files of records of which nothing is said pass for open; that is not for us to state.
    access_rights: record.access === undefined && access === 'open' ? undefined : accessRightUri(access),
    license_ref: record.licence,
  };
  return element('dc:relation', attributes, url);
}

/** The published work, and related ones as far as RIOXX can say how they are related. */
export function externalResourcesXml(record: Record): string[] {
  const { type = `${coarType}c_18cf`, publishedDoi, identifiers } = record;
  const related = (target: Identifier, coar_type: string, coar_version?: string): string =>
    element(
      'rioxxterms:ext_relation',
      { rel: 'cite-as', coar_type, coar_version },
      writtenIdentifier(target),
    );
  const isOwn = identifiers.some(({ scheme, value }) => scheme === 'doi' && value === publishedDoi);
  const published =
    publishedDoi === undefined || isOwn
      ? []
      : [related({ scheme: 'doi', value: publishedDoi }, type, versionUri('VoR'))];
  return [
    ...published,
    ...record.relations.flatMap(({ kind, target }) => {
      if (kind === 'isVersionOf')
        return target.scheme === 'doi' ? [] : related(target, type, versionUri('VoR'));
      if (kind === 'hasVersion') return related(target, type, versionUri('NA'));
      return kind === 'relation' ? related(target, other) : [];
    }),
  ];
}

function versionUri(abbreviation: 'VoR' | 'NA'): string {
  return versions.named(abbreviation)!.uri;
}
