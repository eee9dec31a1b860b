import { SignpostingError } from './errors.ts';
import { parseLinkHeader } from './link-header.ts';
import { MOST_LINKS, typedLinks, type TypedLink } from './typed-link.ts';

/** Media types of link sets (RFC 9264, section 4). */
export const LINKSET_TYPE = 'application/linkset';
export const LINKSET_JSON_TYPE = 'application/linkset+json';

/**
 * The links of a link set in either form (RFC 9264, section 4). What is no link in it is left out.
 *
 * @param mediaType without its parameters
 * @param base address of the document, absolute
 * @throws SignpostingError `SIGNPOSTING_BAD_LINKSET` for JSON that is none, or of another shape
 */
export function parseLinkset(text: string, mediaType: string, base: string): TypedLink[] {
  return mediaType === LINKSET_TYPE ? parseLinkHeader(text, base) : jsonLinks(text, base);
}

function jsonLinks(text: string, base: string): TypedLink[] {
  const contexts = contextsIn(text, base);
  const links: TypedLink[] = [];
  for (const context of contexts) {
    if (!isObject(context)) continue;
    const anchor = textIn(context, 'anchor');
    for (const [rel, targets] of Object.entries(context)) {
      if (rel === 'anchor' || !Array.isArray(targets)) continue;
      for (const target of targets as unknown[]) {
        if (links.length >= MOST_LINKS) return links;
        const href = isObject(target) ? textIn(target, 'href') : undefined;
        if (!isObject(target) || href === undefined) continue;
        links.push(...typedLinks({ href, rel, anchor, type: textIn(target, 'type') }, base));
      }
    }
  }
  return links;
}

function contextsIn(text: string, base: string): unknown[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw badLinkset(base, 'is no JSON', cause);
  }
  const contexts = isObject(json) ? json['linkset'] : undefined;
  if (!Array.isArray(contexts)) throw badLinkset(base, 'has no "linkset"');
  return contexts as unknown[];
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(object: { readonly [name: string]: unknown }, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

function badLinkset(base: string, what: string, cause?: unknown): SignpostingError {
  return new SignpostingError('SIGNPOSTING_BAD_LINKSET', `The link set ${base} ${what}.`, {
    remedy: 'Have the repository give its link set as RFC 9264, section 4.2, says.',
    cause,
  });
}
