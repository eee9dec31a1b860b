import { normaliseIdentifier } from '../identifiers.ts';
import type { Identifier, IdentifierScheme } from '../record.ts';

/** What formats call the schemes of identifiers, in lower case, where it is not our own name for them. */
const schemes: ReadonlyMap<string, IdentifierScheme> = new Map(
  Object.entries<IdentifierScheme>({
    hdl: 'handle',
    eissn: 'issn',
    'e-issn': 'issn',
    pissn: 'issn',
    'p-issn': 'issn',
    lissn: 'issn',
    'issn-l': 'issn',
    'issn-print': 'issn',
    'issn-electronic': 'issn',
    ean13: 'isbn',
    pubmed: 'pmid',
  }),
);

/**
 * An identifier of which the source tells the scheme beside it, by whatever name. The text itself is believed where the
 * two disagree: `URL` is often said of a DOI. `undefined` where it is none that we know, or its check digit is wrong.
 */
export function typedIdentifier(scheme: string, text: string): Identifier | undefined {
  if (/^(?:https?|urn|info):/i.test(text)) return normaliseIdentifier(text);
  const name = scheme.trim().toLowerCase();
  const typed = name === '' ? undefined : normaliseIdentifier(`${schemes.get(name) ?? name}:${text}`);
  if (typed !== undefined) return typed;
  // Bare digits of another scheme, a shelf mark say, are nobody's ISSN.
  return name === '' || !/^\d[\d -]*$/.test(text) ? normaliseIdentifier(text) : undefined;
}
