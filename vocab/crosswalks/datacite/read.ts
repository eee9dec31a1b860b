import type { DateKind } from '../publication-date.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { readIdentifier as readWebIdentifier } from '../oai-dc-read.ts';
import { pageRange } from '../page-range.ts';
import { withSubtitle } from '../title-text.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import { accessRights } from '../../coar/index.ts';
import type { Property } from './property.ts';
import { relate } from './relation-types.ts';

/** Each function reads one property of DataCite's, or all of one kind where they tell something only together. */

/** A row's `read` for properties that are read one by one. */
export function each(
  name: string,
  read: (property: Property, description: DescriptionBuilder) => void,
): (resource: Property, description: DescriptionBuilder) => void {
  return (resource, description) => {
    for (const property of resource.all(name)) read(property, description);
  };
}

/** The titles without a type first; a subtitle stands with the title in its language. */
export function readTitles(resource: Property, description: DescriptionBuilder): void {
  const titles = resource.all('title').map((title) => ({ title, type: titleType(title) }));
  const main = titles.filter(({ type }) => type === '');
  const subtitles = new Map(
    titles.flatMap(({ title, type }) => (type === 'subtitle' ? [[title.language, title.text] as const] : [])),
  );
  for (const { title } of main) {
    const language =
      main.length > 1 || subtitles.has(title.language) ? title.language : [...subtitles.keys()][0];
    description.title(withSubtitle(title.text, subtitles.get(language) ?? ''), title.language);
    subtitles.delete(language);
  }
  const others = main.length === 0 ? titles : titles.filter(({ type }) => !/^(?:subtitle)?$/.test(type));
  for (const { title } of others) description.title(title.text, title.language);
}

function titleType(title: Property): string {
  return (title.get('titleType') || title.get('type')).toLowerCase();
}

/** A class that stands there as a bare number is named with its scheme, `ddc:020`. */
export function readSubject(subject: Property, description: DescriptionBuilder): void {
  const scheme = subject.get('subjectScheme');
  const isBareClass = /^[a-z]{2,10}$/i.test(scheme) && /^\d[\d.]*$/.test(subject.text);
  description.subject(
    isBareClass ? `${scheme.toLowerCase()}:${subject.text}` : subject.text,
    subject.language,
  );
}

/** General types of DataCite's that COAR has another word for. */
const generalTypes: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    computationalnotebook: 'software',
    award: 'other',
    project: 'other',
    instrument: 'other',
  }),
);

/** The concept's URI (OpenAIRE only), the general type and the free text; the one that says most counts. */
export function readResourceType(type: Property, description: DescriptionBuilder): void {
  const general = type.get('resourceTypeGeneral');
  for (const text of [type.get('uri'), generalTypes.get(general.toLowerCase()) ?? general, type.text])
    if (text !== '') description.type(text);
}

export function readIdentifier(identifier: Property, description: DescriptionBuilder): void {
  const type = ['identifierType', 'alternateIdentifierType', 'type'].map((name) => identifier.get(name));
  readTypedIdentifier(type.find((name) => name !== '') ?? '', identifier.text, description);
}

/** An address may be that of a file; an ISSN, or a chapter's ISBN, is that of the publication. */
export function readTypedIdentifier(type: string, text: string, description: DescriptionBuilder): void {
  if (/^https?:/i.test(text)) return readWebIdentifier({ value: text }, description);
  const identifier = typedIdentifier(type, text);
  if (identifier === undefined) {
    if (/^(?:[ep]?-?issn|isbn|doi)$/i.test(type) && text !== '')
      description.log.add('IDENTIFIER_REFUSED', text, '');
  } else if (identifier.scheme === 'issn' || (identifier.scheme === 'isbn' && description.isPart())) {
    description.related('isPartOf', identifier);
  } else description.identifier(identifier);
}

export function readRelatedIdentifier(related: Property, description: DescriptionBuilder): void {
  const type = related.get('relatedIdentifierType') || related.get('type');
  const target = typedIdentifier(type, related.text);
  if (target !== undefined) relate(related.get('relationType'), target, description);
}

/** Where the work was published; an entry of its list of references; any other work with an identifier. */
export function readRelatedItem(item: Property, description: DescriptionBuilder): void {
  const relationType = item.get('relationType').toLowerCase();
  const [written] = item.all('relatedItemIdentifier');
  const target =
    written === undefined
      ? undefined
      : typedIdentifier(written.get('relatedItemIdentifierType'), written.text);
  const titles = item.all('title');
  const title = withSubtitle(
    titles.find((each) => each.get('titleType') === '')?.text ?? '',
    titles.find((each) => each.get('titleType').toLowerCase() === 'subtitle')?.text ?? '',
  );
  if (relationType === 'references' || relationType === 'cites') {
    const year = item.get('publicationYear');
    const authors = item.all('creator').map((creator) => creator.get('creatorName'));
    const text = [...authors, year, title, item.get('volume')].filter((part) => part !== '').join(', ');
    description.reference({ text, title, year, ...(target !== undefined && { identifier: target }) });
    return;
  }
  if (relationType === 'ispublishedin' || relationType === 'ispartof') readPlace(item, title, description);
  if (target !== undefined) relate(relationType, target, description);
}

function readPlace(place: Property, title: string, description: DescriptionBuilder): void {
  const pages = pageRange(place.get('firstPage'), place.get('lastPage'));
  description.journal({ title, volume: place.get('volume'), issue: place.get('issue'), pages });
}

/** `container`, which the REST API makes of a related item or of a description of the series. */
export function readContainer(container: Property, description: DescriptionBuilder): void {
  readPlace(container, container.get('title'), description);
  const target = typedIdentifier(container.get('identifierType'), container.get('identifier'));
  if (target !== undefined) description.related('isPartOf', target);
}

const dateKinds: ReadonlyMap<string, DateKind> = new Map(
  Object.entries<DateKind>({
    issued: 'issued',
    available: 'available',
    accepted: 'accepted',
    submitted: 'submitted',
    created: 'created',
    updated: 'updated',
  }),
);

/**
 * The dates and the year of publication. The year counts as date of issue where there is none, unless another date says
 * it to the day. Where the rights speak of an embargo, `Available` is its end. Dates of what is described (collected,
 * valid, covered) are left out.
 */
export function readDates(resource: Property, description: DescriptionBuilder): void {
  const embargoed = resource.all('rights').some(saysEmbargo);
  const published: { kind: DateKind; date: string }[] = [];
  for (const property of resource.all('date')) {
    const type = (property.get('dateType') || property.get('type')).toLowerCase();
    const kind = dateKinds.get(type);
    const date = beginningOf(property.text);
    if (date === '') continue;
    if (type === '') description.date(date);
    if (kind === 'available' && embargoed) description.embargoEnds(date);
    else if (kind !== undefined) published.push({ kind, date });
  }
  for (const { kind, date } of published) description.date(date, kind);
  const year = resource.all('publicationYear')[0]?.text ?? '';
  if (year === '' || published.some(({ kind }) => kind === 'issued')) return;
  description.date(published.find(({ date }) => date.startsWith(`${year}-`))?.date ?? year, 'issued');
}

/** Whether the rights to a resource speak of an embargo. */
export function saysEmbargo(rights: Property): boolean {
  return [rights.get('rightsURI'), rights.get('uri'), rights.text].some(
    (text) => accessRights.named(text)?.right === 'embargoed' || /^embargo/i.test(text),
  );
}

/** Of a range (RKMS-ISO8601, `2019/2021`), also one that is open at the beginning; of other dates all. */
function beginningOf(text: string): string {
  const range = /^(\d{4}[^/]*|\.\.|unknown|)\/(\d{4}[^/]*|\.\.|open|unknown|)$/.exec(text);
  if (range === null) return text;
  return range.slice(1).find((end) => /^\d/.test(end)) ?? '';
}

/** An access right or a licence: by its address, by its SPDX identifier, in words. */
export function readRights(rights: Property, description: DescriptionBuilder): void {
  const addresses = [rights.get('rightsURI') || rights.get('uri'), rights.get('rightsIdentifier')];
  for (const text of [...addresses, rights.text]) if (text !== '') description.rights(text);
}

/** Abstracts; the series as a citation; what is said otherwise, where there is no abstract. */
export function readDescriptions(resource: Property, description: DescriptionBuilder): void {
  const descriptions = resource
    .all('description')
    .map((property) => ({ property, type: property.get('descriptionType').toLowerCase() }));
  const hasAbstract = descriptions.some(({ type }) => type === 'abstract' || type === '');
  for (const { property, type } of descriptions) {
    if (type === 'seriesinformation') description.source(property.text);
    else if (type === 'abstract' || type === '' || (type === 'other' && !hasAbstract))
      description.abstract(property.text, property.language);
  }
}

/** Funder identifiers of other registries (GRID, ISNI) have no place in a record. */
export function readFunding(funding: Property, description: DescriptionBuilder): void {
  const [identifier] = funding.all('funderIdentifier');
  const award = funding.get('awardNumber');
  const awardUri = funding.get('awardURI') || (funding.all('awardNumber')[0]?.get('awardURI') ?? '');
  // As Zenodo wrote it before there were funding references.
  const agreement = [award, award === '' ? awardUri : ''].find((text) => /^info:/i.test(text));
  if (agreement !== undefined && description.funding(agreement)) return;
  const type = funding.get('funderIdentifierType') || (identifier?.get('funderIdentifierType') ?? '');
  description.grant({
    funder: funding.get('funderName'),
    funderId: registryUri(type, identifier?.text ?? ''),
    award: award || awardUri,
  });
}

function registryUri(type: string, text: string): string {
  const id = text.replace(/^.*\//, '');
  if (id === '') return '';
  if (/10\.13039\//.test(text) || /^crossref/i.test(type)) return `https://doi.org/10.13039/${id}`;
  if (/ror\.org\//i.test(text) || /^ror$/i.test(type)) return `https://ror.org/${id}`;
  return /^other$/i.test(type) ? text : '';
}
