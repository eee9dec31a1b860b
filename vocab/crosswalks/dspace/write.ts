import { accessRightUri } from '../../coar/index.ts';
import { identifierText, identifierUrl } from '../../identifiers.ts';
import type { Agent, IdentifierScheme, Record } from '../../record.ts';
import { citationText } from '../journal-citation.ts';
import { pagesOf } from '../page-range.ts';
import { writtenIdentifier } from '../written-identifier.ts';
import type { Written } from './table.ts';

/** Each function gives the values of one row of the table of DSpace's fields. */

/** An ORCID stands as the authority of the name. */
export function agentValues(agents: readonly Agent[]): Written[] {
  return agents.map(({ name, orcid }) => (orcid === undefined ? name : { value: name, authority: orcid }));
}

/** Schemes that have a field of their own. */
const fields: { readonly [scheme in IdentifierScheme]?: string } = {
  doi: 'dc.identifier.doi',
  isbn: 'dc.identifier.isbn',
  pmid: 'dc.identifier.pmid',
  arxiv: 'dc.identifier.arxiv',
  urn: 'dc.identifier.urn',
};

export function identifierValues({ identifiers }: Record): Written[] {
  return identifiers.map((identifier) => {
    const field = fields[identifier.scheme];
    if (field === undefined) return identifierUrl(identifier) ?? identifierText(identifier);
    return { field, value: identifier.value };
  });
}

/** Nothing where the item's own DOI is the publisher's. */
export function publishedValues({ publishedDoi, identifiers }: Record): Written[] {
  const isOwn = identifiers.some(({ scheme, value }) => scheme === 'doi' && value === publishedDoi);
  return publishedDoi === undefined || isOwn
    ? []
    : [writtenIdentifier({ scheme: 'doi', value: publishedDoi })];
}

export function journalValues({ source }: Record): Written[] {
  const { title, volume, issue, pages = '' } = source ?? {};
  const { first, last } = pagesOf(pages);
  const parts = { title, volume, issue, startPage: first, endPage: last };
  return Object.entries(parts).flatMap(([part, value = '']) =>
    value === '' ? [] : { field: `oaire.citation.${part}`, value },
  );
}

/** What could not be taken apart. */
export function citationValues({ source }: Record): Written[] {
  return source === undefined || source.title !== undefined ? [] : [citationText(source)];
}

export function relationValues({ relations }: Record): Written[] {
  return relations.flatMap(({ kind, target }) => {
    const value = writtenIdentifier(target);
    if (kind === 'references') return [];
    return { field: kind === 'relation' ? 'dc.relation.uri' : `dc.relation.${kind.toLowerCase()}`, value };
  });
}

export function referenceValues({ relations, references }: Record): Written[] {
  return [
    ...relations.flatMap(({ kind, target }) => (kind === 'references' ? writtenIdentifier(target) : [])),
    ...references.map(({ text }) => text),
  ];
}

export function accessValues({ access }: Record): Written[] {
  return access === undefined ? [] : [accessRightUri(access.right)];
}
