/** A form in which something can be had. `?format=` names it; otherwise `Accept` decides. */
export interface Format {
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** Its media types, the usual one first. */
  readonly types: readonly [string, ...string[]];
  /** What tells it from others of the same media type (RFC 6906): the value of the parameter `profile`. */
  readonly profile?: string;
}

/** A format, and the media type under which it is to be answered. */
export interface Representation {
  readonly format: Format;
  readonly type: string;
}

/** The `Content-Type` of a text. N-Quads are UTF-8 and have no such parameter (RDF 1.1 N-Quads, section 6). */
export function contentType({ format: { profile }, type }: Representation): string {
  const charset = type === 'application/n-quads' ? '' : '; charset=utf-8';
  return profile === undefined ? `${type}${charset}` : `${type}${charset}; profile="${profile}"`;
}

export const JSON_LD: Format = {
  name: 'jsonld',
  label: 'JSON-LD',
  types: ['application/ld+json', 'application/json'],
};
export const HTML: Format = { name: 'html', label: 'HTML', types: ['text/html'] };

/** Tables, for spreadsheets (RFC 4180). */
export const CSV: Format = { name: 'csv', label: 'CSV', types: ['text/csv'] };

/** Where a person and a program are to find the same. */
export const DATA_OR_PAGE: readonly Format[] = [JSON_LD, HTML];
