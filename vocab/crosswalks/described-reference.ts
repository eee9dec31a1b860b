import { cleanText, type RepairLog } from '../cleaning/index.ts';
import { findIdentifiers, identifierText } from '../identifiers.ts';
import type { Identifier, Reference } from '../record.ts';

/** An entry of a list of references, as far as the source has it apart. */
export interface ReferenceParts {
  /** As it stands in the list. */
  text?: string;
  identifier?: Identifier;
  title?: string;
  year?: string;
}

const longestText = 500;

/** The entry; without a text of its own, one made of its parts. `undefined` where there is nothing to show. */
export function describedReference(parts: ReferenceParts, log: RepairLog): Reference | undefined {
  const title = cleanText(parts.title ?? '', log);
  const year = /(?<!\d)(1[5-9]|20)\d\d(?!\d)/.exec(parts.year ?? '')?.[0];
  const written = cleanText(parts.text ?? '', log);
  const identifier = parts.identifier ?? identifierOfWork(written);
  const text = written || [title, year, identifier && identifierText(identifier)].filter(Boolean).join(', ');
  if (text === '') return undefined;
  return {
    text: cut(text),
    ...(identifier !== undefined && { identifier }),
    ...(title !== '' && { title: cut(title) }),
    ...(year !== undefined && { year }),
  };
}

/** An ISSN in a reference is the journal's. */
function identifierOfWork(text: string): Identifier | undefined {
  const found = findIdentifiers(text).filter(({ scheme }) => scheme !== 'issn');
  return (
    found.find(({ scheme }) => scheme === 'doi') ?? found.find(({ scheme }) => scheme !== 'url') ?? found[0]
  );
}

/** Not in the middle of a character. */
function cut(text: string): string {
  if (text.length <= longestText) return text;
  return text.slice(0, longestText - 1).replace(/[\ud800-\udbff]$/, '') + '…';
}
