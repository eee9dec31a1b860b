import { findIdentifiers, normaliseIdentifier } from '../../identifiers.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { readIdentifier, readRelation, readSubject } from '../oai-dc-read.ts';
import { pageRange } from '../page-range.ts';
import { relationKind } from '../relation-kind.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import type { DSpaceValue, DSpaceValues } from './values.ts';

/** Each function reads the values of one row of the table of DSpace's fields. */

function qualifierOf({ field }: DSpaceValue): string {
  return field.split('.').slice(2).join('.');
}

/** Schemes whose classes are mere numbers and say nothing without the scheme. */
const classifications = /^(?:ddc|udc|lcc|jel|msc|acm|pacs|bkl|rvk)$/;

export function readSubjectField(value: DSpaceValue, description: DescriptionBuilder): void {
  const scheme = qualifierOf(value);
  if (classifications.test(scheme) && !value.value.includes(':'))
    description.subject(`${scheme}:${value.value}`);
  else readSubject(value, description);
}

/** Qualifiers that name a scheme which we know, whatever else stands under dc.identifier. */
const schemes = /^(?:doi|isbn|e-?isbn|issn|e-?issn|pissn|issnl|pmid|pubmed|arxiv|handle|hdl|urn)$/;

/** Identifiers of scopes other than works, of people say, stand under dc.identifier too: those are not taken. */
export function readIdentifierField(value: DSpaceValue, description: DescriptionBuilder): void {
  const scheme = qualifierOf(value);
  if (scheme === '' || scheme === 'uri' || scheme === 'url' || scheme === 'other')
    return readIdentifier(value, description);
  if (!schemes.test(scheme)) return;
  const identifier = typedIdentifier(scheme.replace(/^e-?isbn$/, 'isbn'), value.value);
  if (identifier === undefined) description.log.add('IDENTIFIER_REFUSED', value.value, '');
  else if (identifier.scheme === 'issn' || (identifier.scheme === 'isbn' && description.isPart()))
    description.related('isPartOf', identifier);
  else description.identifier(identifier);
}

/** The work as its publisher has it. */
export function readPublisherVersion({ value }: DSpaceValue, description: DescriptionBuilder): void {
  for (const identifier of findIdentifiers(value)) {
    if (identifier.scheme === 'url') description.related('isVersionOf', identifier);
    else description.publishedAs(identifier);
  }
}

/** A qualifier of dc.relation is a kind of relation, or the scheme of an identifier. */
export function readRelationField(value: DSpaceValue, description: DescriptionBuilder): void {
  const qualifier = qualifierOf(value);
  const kind = relationKind(qualifier);
  if (kind === undefined && !schemes.test(qualifier)) return readRelation(value, description);
  const typed = schemes.test(qualifier) ? typedIdentifier(qualifier, value.value) : undefined;
  const alone = typed ?? normaliseIdentifier(value.value);
  const targets = alone === undefined ? findIdentifiers(value.value) : [alone];
  for (const target of targets) {
    const isWhole = target.scheme === 'issn' || target.scheme === 'isbn';
    description.related(kind ?? (isWhole ? 'isPartOf' : 'relation'), target);
  }
  // Of a journal or book often no more than the title is given.
  if (kind === 'isPartOf' && targets.length === 0 && qualifier === 'ispartof')
    description.journal({ title: value.value });
}

/** Parts of where the work was published, by the last part of their fields' names, in whatever installation. */
const journalParts: readonly (readonly [
  part: 'title' | 'volume' | 'issue' | 'first' | 'last',
  name: RegExp,
])[] = [
  ['title', /(?:title|journal|containertitle)$/],
  ['volume', /volume(?:number)?$/],
  ['issue', /(?:issue|number|issuenumber)$/],
  ['first', /(?:startpage|stpage|spage|initialpage|beginpage|firstpage|pageinicio)$/],
  ['last', /(?:endpage|epage|finalpage|lastpage|pagefim)$/],
];

export function readJournal(values: readonly DSpaceValue[], description: DescriptionBuilder): void {
  const found = { title: '', volume: '', issue: '', first: '', last: '' };
  let pages = '';
  for (const { field, value } of values) {
    const [part] = journalParts.find(([, name]) => name.test(field)) ?? [];
    if (part !== undefined) found[part] ||= value;
    else if (/pages?$/.test(field)) pages ||= value;
  }
  const { title, volume, issue, first, last } = found;
  description.journal({ title, volume, issue, pages: pages || pageRange(first, last) });
}

const funder = 'project.funder.name';
const funderId = 'project.funder.identifier';
const award = 'oaire.awardnumber';

/** Funders, their identifiers and awards, which stand in lists side by side; one funder alone is that of all awards. */
export function readFunding(
  _values: readonly DSpaceValue[],
  description: DescriptionBuilder,
  item: DSpaceValues,
): void {
  const [funders = 0, ids = 0, awards = 0] = [funder, funderId, award].map(
    (field) => item.inStep(field).length,
  );
  const place = (list: number, at: number): number => (list === 1 ? 0 : at);
  for (let at = 0; at < Math.max(funders, ids, awards); at += 1) {
    const number = item.at(award, at);
    if (description.funding(number)) continue;
    description.grant({
      funder: item.at(funder, place(funders, at)),
      funderId: item.at(funderId, place(ids, at)),
      award: number,
    });
  }
}

/** A grant agreement, or the funder's name; sentences of thanks are left to the raw metadata. */
export function readSponsorship({ value }: DSpaceValue, description: DescriptionBuilder): void {
  if (description.funding(value)) return;
  if (value.length <= longestName && !/[.;:]\s|\d{3}/.test(value)) description.grant({ funder: value });
}

const longestName = 120;
