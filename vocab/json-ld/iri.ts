import { identifierUrl } from '../identifiers.ts';
import type { Identifier } from '../record.ts';

/** A scheme, and nothing that may not stand in an IRI (RFC 3987; IRIREF of N-Quads, section 3), nor white space of any kind. */
// oxlint-disable-next-line no-control-regex
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>"{}|^`\\]*$/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\s\x00-\x20<>"{}|^`\\]/g;

/** The text as an IRI: what may not stand in one is percent-encoded. Undefined where it has no scheme, and so is none. */
export function iriOf(text: string): string | undefined {
  if (IRI.test(text)) return text;
  return SCHEME.test(text) ? text.replace(FORBIDDEN, encodeURIComponent) : undefined;
}

/**
 * The IRI of what an identifier stands for: a URN where the scheme is one, else where it is looked up. Undefined where an
 * identifier of scheme `url` is no URL.
 */
export function identifierIri(identifier: Identifier): string | undefined {
  const { scheme, value } = identifier;
  if (scheme === 'isbn') return iriOf(`urn:isbn:${value}`);
  return iriOf((scheme === 'urn' ? undefined : identifierUrl(identifier)) ?? value);
}
