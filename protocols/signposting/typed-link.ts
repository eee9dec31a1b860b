/**
 * A link with its type (RFC 8288, section 2): from `anchor` to `href`, as the relation type `rel` says. One link for each
 * type where a link was given several.
 */
export interface TypedLink {
  /** What the link is of; absolute. */
  anchor: string;
  /** Where it leads; absolute. */
  href: string;
  /** A registered name in lower case, or a URI. */
  rel: string;
  /** Media type of what is there, as a hint. */
  type?: string;
}

/** Links that one document may give; those behind are left out. */
export const MOST_LINKS = 1_000;

/** The parts of a link as they were written; addresses may be relative to the document's. */
export interface WrittenLink {
  href: string;
  rel: string;
  anchor?: string | undefined;
  type?: string | undefined;
}

/** The typed links that a written one stands for: none where an address cannot be one. */
export function typedLinks({ href, rel, anchor, type }: WrittenLink, base: string): TypedLink[] {
  const to = absolute(href, base);
  const from = anchor === undefined ? withoutFragment(base) : absolute(anchor, base);
  if (to === undefined || from === undefined) return [];
  const mediaType = type?.trim().toLowerCase() ?? '';
  return relationTypes(rel).map((each) => ({
    anchor: from,
    href: to,
    rel: each,
    ...(mediaType !== '' && { type: mediaType }),
  }));
}

/** The targets of a resource's links of one type, in their order. */
export function linksOf(links: readonly TypedLink[], anchor: string, rel: string): TypedLink[] {
  const from = withoutFragment(anchor);
  return links.filter((link) => link.rel === rel && link.anchor === from);
}

function relationTypes(rel: string): string[] {
  const names = rel.split(/\s+/).filter((name) => name !== '');
  // Registered types are compared without case, and so are URIs that are types (RFC 8288, section 2.1).
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

function absolute(address: string, base: string): string | undefined {
  return URL.canParse(address, base) ? new URL(address, base).href : undefined;
}

function withoutFragment(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}
