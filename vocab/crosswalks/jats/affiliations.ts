import type { XmlElement } from '../../xml/index.ts';
import { attributeOf, textOf } from '../xml-table.ts';

export interface Affiliation {
  /** In one line. */
  text: string;
  /** ROR id; the empty string where there is none. */
  ror: string;
}

/** Of translations the first counts. */
export function affiliationOf(element: XmlElement): Affiliation {
  const affiliation = element.local === 'aff-alternatives' ? (element.child('aff') ?? element) : element;
  return { text: textOfAffiliation(affiliation), ror: rorOf(affiliation) };
}

/** No address is longer. */
const longest = 1000;

/** What is no part of an affiliation's name and place. */
const aside = /^(?:label|institution-id|email|phone|fax|uri|ext-link|fn|xref)$/;

/** Elements that say something of their own, and stand apart even where nothing was written between them. */
const parts =
  /^(?:institution|institution-wrap|addr-line|city|state|country|postal-code|named-content|break)$/;

/** Without the mark that refers to it. */
function textOfAffiliation(affiliation: XmlElement): string {
  return joined(affiliation)
    .slice(0, longest)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.*†‡§]+|[\s,;:]+$/g, '');
}

function joined(element: XmlElement): string {
  let text = element.text;
  for (const child of element.children) {
    if (text.length > longest) break;
    if (!aside.test(child.local) && !isMark(child, text)) {
      const inner = joined(child);
      const isApart = parts.test(child.local) && /[^\s,;:(]$/.test(text.trimEnd()) && inner.trim() !== '';
      text = isApart ? `${text.trimEnd()}, ${inner.trimStart()}` : text + inner;
    }
    text += child.tail;
  }
  return text;
}

/** A raised number or letter before anything else. */
function isMark(element: XmlElement, before: string): boolean {
  return element.local === 'sup' && before.trim() === '' && element.content().trim().length <= 3;
}

function rorOf(affiliation: XmlElement): string {
  for (const child of affiliation.children) {
    const type = attributeOf(child, 'institution-id-type');
    const text = textOf(child);
    if (child.local === 'institution-id' && /^ror$|ror\.org\//i.test(type || text)) return text;
    const within = rorOf(child);
    if (within !== '') return within;
  }
  return '';
}
