import { decodeHTMLStrict } from 'entities';
import type { XmlElement } from './element.ts';
import type { NamespaceBindings } from './namespaces.ts';
import { xmlAttribute, xmlText } from './write.ts';

/**
 * The markup of one element cut out of a document, as it was written, character for character, with two exceptions
 * without which no XML parser would read it alone: namespace declarations that it relies on but that were made outside
 * of it are added to its first tag, and HTML's named entities become the characters that they stand for.
 *
 * @param text what `element` was read from
 * @param outer declarations in force around the element
 */
export function standaloneXml(text: string, element: XmlElement, outer: NamespaceBindings): string {
  const markup = withoutHtmlEntities(text.slice(element.start, element.end));
  const used = new Set<string>();
  collectPrefixes(element, used);
  let declarations = '';
  for (const prefix of used) {
    const attribute = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    const namespace = outer.get(prefix);
    if (element.attributes[attribute] !== undefined || namespace === undefined || prefix === 'xml') continue;
    declarations += ` ${attribute}="${xmlAttribute(namespace)}"`;
  }
  if (declarations === '') return markup;
  const afterName = 1 + element.name.length;
  return markup.slice(0, afterName) + declarations + markup.slice(afterName);
}

function collectPrefixes(element: XmlElement, used: Set<string>): void {
  used.add(element.prefix);
  for (const name in element.attributes) {
    const colon = name.indexOf(':');
    if (colon > 0 && !name.startsWith('xmlns')) used.add(name.slice(0, colon));
  }
  for (const child of element.children) collectPrefixes(child, used);
}

/** Sections in which an ampersand is an ampersand, or a reference that is not XML's own. */
const foreignReference =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|&(?!amp;|lt;|gt;|quot;|apos;)[A-Za-z][A-Za-z0-9]*;/g;

function withoutHtmlEntities(markup: string): string {
  if (!/&(?!amp;|lt;|gt;|quot;|apos;|#)/.test(markup)) return markup;
  return markup.replace(foreignReference, (found) =>
    found.startsWith('&') ? xmlText(decodeHTMLStrict(found)) : found,
  );
}
