import { identifierText, identifierUrl } from '../identifiers.ts';
import type { Identifier, IdentifierScheme } from '../record.ts';

/** Schemes whose identifiers are written as addresses of their resolvers. */
const resolved: ReadonlySet<IdentifierScheme> = new Set(['doi', 'handle', 'pmid', 'arxiv', 'url']);

/** An identifier as a text that people can follow and that `normaliseIdentifier` reads. */
export function writtenIdentifier(identifier: Identifier): string {
  const url = resolved.has(identifier.scheme) ? identifierUrl(identifier) : undefined;
  return url ?? identifierText(identifier);
}
