import { identifierIri } from '../../../vocab/json-ld/index.ts';
import type { Identifier } from '../../../vocab/record.ts';

/**
 * An address from outside as it may stand in a link or a header: http or https, in ASCII, with nothing in it that could
 * end a header or a link there. Undefined for everything else, such as `javascript:`.
 */
export function webAddress(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.href.replace(/[<>"\\^`{|}\s]/g, (character) => encodeURIComponent(character));
}

/** Where an identifier is resolved, where that is a place on the web. */
export function resolverOf(identifier: Identifier): string | undefined {
  const iri = identifierIri(identifier);
  return iri === undefined ? undefined : webAddress(iri);
}
