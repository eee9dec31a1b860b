import { accessRightUri, resourceTypes } from '../../coar/index.ts';
import { grantAgreementText } from '../../cleaning/index.ts';
import {
  type Agent,
  filesInView,
  type Identifier,
  type Record,
  type Relation,
  type RelationKind,
} from '../../record.ts';
import { element, raw } from '../../xml/index.ts';
import { accessLabel, typeLabel } from '../labels.ts';
import { pagesOf } from '../page-range.ts';
import { wrapped } from '../wrapped.ts';
import { relationTypes } from './related-items.ts';

/** Each function gives the elements of MODS 3.7 that `read.ts` and its neighbours read. */

export function titlesXml({ titles }: Record): string[] {
  const first = titles[0]?.language;
  return titles.map(({ value, language }, at) => {
    const isTranslated = first !== undefined && language !== undefined && language !== first;
    const type = at === 0 ? undefined : isTranslated ? 'translated' : 'alternative';
    return element('mods:titleInfo', { type, 'xml:lang': language }, raw(element('mods:title', {}, value)));
  });
}

const nameTypes = { person: 'personal', organisation: 'corporate', unknown: undefined } as const;

export function namesXml({ creators, contributors, funding }: Record): string[] {
  return [
    ...creators.map((agent) => nameXml(agent, 'aut')),
    ...contributors.map((agent) => nameXml(agent, 'ctb')),
    // With an award it is a note.
    ...funding.flatMap(({ funder, funderId, award }) =>
      funder === undefined || award !== undefined
        ? []
        : [nameXml({ name: funder, kind: 'organisation' }, 'fnd', funderId)],
    ),
  ];
}

function nameXml(
  { name, family, given, orcid, affiliation, kind }: Agent,
  role: 'aut' | 'ctb' | 'fnd',
  valueURI?: string,
): string {
  const isApart = family !== undefined && given !== undefined;
  const parts = isApart
    ? [
        element('mods:namePart', { type: 'family' }, family),
        element('mods:namePart', { type: 'given' }, given),
      ]
    : [element('mods:namePart', {}, name)];
  if (affiliation !== undefined) parts.push(element('mods:affiliation', {}, affiliation));
  if (orcid !== undefined)
    parts.push(element('mods:nameIdentifier', { type: 'orcid' }, `https://orcid.org/${orcid}`));
  const term = element('mods:roleTerm', { authority: 'marcrelator', type: 'code' }, role);
  parts.push(wrapped('mods:role', [term]));
  return element('mods:name', { type: nameTypes[kind], valueURI }, parts.map(raw));
}

/** MODS's own types of resource for the widest of COAR's. */
const typesOfResource: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    c_18cf: 'text',
    c_12cc: 'cartographic',
    c_18cc: 'sound recording',
    c_8a7e: 'moving image',
    c_c513: 'still image',
    c_5ce6: 'software, multimedia',
    c_e9a0: 'software, multimedia',
    c_18cw: 'notated music',
  }),
);

export function typeOfResourceXml({ type }: Record): string[] {
  for (let wider = type; wider !== undefined; wider = resourceTypes.byUri(wider)?.broader) {
    const term = typesOfResource.get(wider.slice(wider.lastIndexOf('/') + 1));
    if (term !== undefined) return [element('mods:typeOfResource', {}, term)];
  }
  return [];
}

export function genreXml({ type }: Record): string[] {
  return type === undefined
    ? []
    : [element('mods:genre', { authority: 'coar', valueURI: type }, typeLabel(type))];
}

export function originXml({ publisher, published }: Record): string[] {
  const origin = wrapped('mods:originInfo', [
    publisher === undefined ? '' : element('mods:publisher', {}, publisher),
    published === undefined
      ? ''
      : element('mods:dateIssued', { encoding: 'w3cdtf', keyDate: 'yes' }, published),
  ]);
  return [origin];
}

export function languagesXml({ languages }: Record): string[] {
  return languages.map((language) =>
    wrapped('mods:language', [
      element('mods:languageTerm', { type: 'code', authority: 'rfc5646' }, language),
    ]),
  );
}

/** Item pages and files. */
export function locationXml(record: Record): string[] {
  const pages = record.identifiers.filter(({ scheme }) => scheme === 'url');
  const urls = [
    ...pages.map(({ value }) => element('mods:url', { access: 'object in context' }, value)),
    ...filesInView(record).map(({ url }) => element('mods:url', { access: 'raw object' }, url)),
  ];
  return [wrapped('mods:location', urls)];
}

export function identifiersXml({ identifiers }: Record): string[] {
  return identifiers.filter(({ scheme }) => scheme !== 'url').map(identifierXml);
}

/** Types of https://www.loc.gov/standards/sourcelist/standard-identifier.html */
function identifierXml({ scheme, value }: Identifier): string {
  const type = scheme === 'handle' ? 'hdl' : scheme === 'url' ? 'uri' : scheme;
  return element('mods:identifier', { type }, value);
}

/** The access right with the embargo's end, and the licence. */
export function accessXml({ access, licence }: Record): string[] {
  const conditions: string[] = [];
  if (access !== undefined) {
    const until = access.embargoEnds === undefined ? '' : ` until ${access.embargoEnds}`;
    conditions.push(
      element(
        'mods:accessCondition',
        { type: 'restriction on access', 'xlink:href': accessRightUri(access.right) },
        accessLabel(access.right) + until,
      ),
    );
  }
  if (licence !== undefined) {
    const attributes = { type: 'use and reproduction', 'xlink:href': licence };
    conditions.push(element('mods:accessCondition', attributes, licence));
  }
  return conditions;
}

/** Types of https://www.loc.gov/standards/mods/mods-notes.html; MODS has no element for awards and versions. */
export function notesXml({ version, funding }: Record): string[] {
  return [
    version === undefined ? '' : element('mods:note', { type: 'version identification' }, version),
    ...funding
      .filter(({ award }) => award !== undefined)
      .map((grant) => element('mods:note', { type: 'funding' }, grantAgreementText(grant))),
  ];
}

const typesOfKinds: ReadonlyMap<RelationKind, string> = new Map(
  // The first type of a kind is the plainest.
  Object.entries(relationTypes)
    .toReversed()
    .map(([type, kind]) => [kind, type]),
);

/** The journal or book, and every other related work by its identifier. */
export function relatedItemsXml(record: Record): string[] {
  const { relations, source = {}, publishedDoi, identifiers } = record;
  const { title, volume, issue, pages } = source;
  const isHost = ({ kind }: Relation): boolean => kind === 'isPartOf';
  const host = [
    title === undefined ? '' : wrapped('mods:titleInfo', [element('mods:title', {}, title)]),
    wrapped('mods:part', [detailXml('volume', volume), detailXml('issue', issue), pagesXml(pages)]),
    ...relations.filter(isHost).map(({ target }) => identifierXml(target)),
  ].join('');
  const isOwn = identifiers.some(({ scheme, value }) => scheme === 'doi' && value === publishedDoi);
  const published = { type: 'otherVersion', displayLabel: 'Published version' };
  return [
    host === '' ? '' : element('mods:relatedItem', { type: 'host' }, raw(host)),
    ...relations
      .filter((relation) => !isHost(relation))
      .map(({ kind, target }) => {
        const type = typesOfKinds.get(kind);
        const otherType = type === undefined && kind !== 'relation' ? kind : undefined;
        return element('mods:relatedItem', { type, otherType }, raw(identifierXml(target)));
      }),
    publishedDoi === undefined || isOwn
      ? ''
      : element('mods:relatedItem', published, raw(identifierXml({ scheme: 'doi', value: publishedDoi }))),
  ];
}

function detailXml(type: 'volume' | 'issue', number: string | undefined): string {
  if (number === undefined) return '';
  return element('mods:detail', { type }, raw(element('mods:number', {}, number)));
}

function pagesXml(pages: string | undefined): string {
  if (pages === undefined) return '';
  const { first, last } = pagesOf(pages);
  const ends = [element('mods:start', {}, first), last === undefined ? '' : element('mods:end', {}, last)];
  return element('mods:extent', { unit: 'pages' }, ends.map(raw));
}
