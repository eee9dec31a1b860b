import { resourceTypes } from '../coar/index.ts';
import { grantAgreementText } from '../cleaning/index.ts';
import { identifierText, identifierUrl } from '../identifiers.ts';
import type { AccessRight, Identifier, Record } from '../record.ts';
import { citationText } from './journal-citation.ts';

/** Each function gives the texts of one Dublin Core element, in the forms that `oai-dc-read.ts` reads. */

/** The concept's label for people, and its URI for programs. */
export function typeTexts(record: Record): string[] {
  const label = record.type === undefined ? undefined : resourceTypes.byUri(record.type)?.labels.en;
  return [label, record.type, record.version].filter((text) => text !== undefined);
}

export function identifierTexts(record: Record): string[] {
  return [...record.identifiers.map(written), ...record.files.map((file) => file.url)];
}

function written(identifier: Identifier): string {
  const { scheme } = identifier;
  const url = scheme === 'doi' || scheme === 'handle' || scheme === 'pmid' || scheme === 'arxiv';
  return (url ? identifierUrl(identifier) : undefined) ?? identifierText(identifier);
}

export function sourceTexts({ source }: Record): string[] {
  return source === undefined ? [] : [citationText(source)];
}

export function relationTexts({ relations, publishedDoi, identifiers }: Record): string[] {
  const own = identifiers.some(({ scheme, value }) => scheme === 'doi' && value === publishedDoi);
  const published =
    publishedDoi === undefined || own ? [] : [`info:eu-repo/semantics/altIdentifier/doi/${publishedDoi}`];
  const related = relations.map(({ kind, target }) => {
    if (kind === 'isPartOf' && target.scheme === 'issn')
      return `info:eu-repo/semantics/altIdentifier/issn/${target.value}`;
    return kind === 'relation' ? written(target) : `${kind} ${written(target)}`;
  });
  return [...published, ...related];
}

export function fundingTexts({ funding }: Record): string[] {
  return funding.map(grantAgreementText);
}

/** OpenAIRE Guidelines 3, Access Level and License Condition. */
export function rightsTexts({ access, licence }: Record): string[] {
  const right = access === undefined ? undefined : `info:eu-repo/semantics/${accessLevels[access.right]}`;
  return [right, licence].filter((text) => text !== undefined);
}

export function dateTexts({ published, access }: Record): string[] {
  const embargo =
    access?.embargoEnds === undefined ? undefined : `info:eu-repo/date/embargoEnd/${access.embargoEnds}`;
  return [published, embargo].filter((text) => text !== undefined);
}

const accessLevels: Readonly<{ [right in AccessRight]: string }> = {
  open: 'openAccess',
  embargoed: 'embargoedAccess',
  restricted: 'restrictedAccess',
  'metadata-only': 'closedAccess',
};
