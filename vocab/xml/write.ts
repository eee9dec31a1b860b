/**
 * Writing XML: text that is escaped where it must be, and freed of what XML cannot hold.
 *
 * ```ts
 * element('dc:title', {}, 'R & D');                     // <dc:title>R &amp; D</dc:title>
 * element('list', { of: 'x' }, raw(rows.join('')));     // markup goes in by raw() only
 * ```
 */

/** Markup that is already XML. */
export interface RawXml {
  readonly xml: string;
}

export function raw(xml: string): RawXml {
  return { xml };
}

export type XmlContent = string | RawXml | readonly (string | RawXml)[];

/** Attributes in the order in which they are written; those without a value are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** One element as markup; an empty one closes itself. Names are the caller's own and are not checked. */
export function element(name: string, attributes: XmlAttributes = {}, content: XmlContent = ''): string {
  const inner = contentXml(content);
  const start = startTag(name, attributes);
  return inner === '' ? `${start.slice(0, -1)}/>` : `${start}${inner}</${name}>`;
}

/** `<name a="b">`, for documents that are written piece by piece. */
export function startTag(name: string, attributes: XmlAttributes = {}): string {
  let tag = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) tag += ` ${attribute}="${xmlAttribute(String(value))}"`;
  }
  return `${tag}>`;
}

function contentXml(content: XmlContent): string {
  if (typeof content === 'string') return xmlText(content);
  if ('xml' in content) return content.xml;
  return content.map((part) => (typeof part === 'string' ? xmlText(part) : part.xml)).join('');
}

/** The declaration that every document here begins with. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Text as character data. Carriage returns are written as references, or a parser would turn them into line feeds
 * (XML 1.0, section 2.11).
 */
export function xmlText(text: string): string {
  return special.test(text) ? withoutForbidden(text).replace(/[&<>\r]/g, reference) : text;
}

/** Text as the value of an attribute in double quotes; white space is kept from normalisation (XML 1.0, 3.3.3). */
export function xmlAttribute(text: string): string {
  return special.test(text) ? withoutForbidden(text).replace(/[&<>"\t\n\r]/g, reference) : text;
}

/** Any character that one of the two functions above changes. */
// oxlint-disable-next-line no-control-regex
const special = /[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]/;

/** Leaves out what is no Char (XML 1.0, section 2.2): control characters, halves of surrogate pairs, U+FFFE, U+FFFF. */
export function withoutForbidden(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function reference(character: string): string {
  return references[character] ?? character;
}
