import { resourceTypes } from '../coar/index.ts';
import { grantAgreementText } from '../cleaning/index.ts';
import { filesInView, type AccessRight, type Record } from '../record.ts';
import { citationText } from './journal-citation.ts';
import { writtenIdentifier } from './written-identifier.ts';

/** Each function gives the texts of one Dublin Core element, in the forms that `oai-dc-read.ts` reads. */

/** The concept's label for people, and its URI for programs. */
export function typeTexts(record: Record): string[] {
  const label = record.type === undefined ? undefined : resourceTypes.byUri(record.type)?.labels.en;
  return [label, record.type, record.version].filter((text) => text !== undefined);
}

export function identifierTexts(record: Record): string[] {
  return [...record.identifiers.map(writtenIdentifier), ...filesInView(record).map((file) => file.url)];
}

export function sourceTexts({ source }: Record): string[] {
  return source === undefined ? [] : [citationText(source)];
}

export function relationTexts(record: Record): string[] {
  const related = record.relations.map(({ kind, target }) => {
    if (kind === 'isPartOf' && target.scheme === 'issn')
      return `info:eu-repo/semantics/altIdentifier/issn/${target.value}`;
    return kind === 'relation' ? writtenIdentifier(target) : `${kind} ${writtenIdentifier(target)}`;
  });
  return [...publishedDoiTexts(record), ...related];
}

/** OpenAIRE Guidelines 3, Alternative Identifier; nothing where it is the item's own. */
export function publishedDoiTexts({ publishedDoi, identifiers }: Record): string[] {
  const own = identifiers.some(({ scheme, value }) => scheme === 'doi' && value === publishedDoi);
  return publishedDoi === undefined || own
    ? []
    : [`info:eu-repo/semantics/altIdentifier/doi/${publishedDoi}`];
}

/** Each media type once. */
export function mediaTypes(record: Record): string[] {
  return [...new Set(filesInView(record).flatMap(({ format }) => format ?? []))];
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
