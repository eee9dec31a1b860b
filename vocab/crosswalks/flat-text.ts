import type { XmlElement } from '../xml/index.ts';

/** Elements of HTML and JATS that stand apart from the words around them. */
const apart = new Set(
  'br break p title sec list list-item disp-quote disp-formula boxed-text verse-line div li ul ol h1 h2 h3 h4 tr td th'.split(
    ' ',
  ),
);

/** Whether an element's text does not belong to that around it: a footnote's mark, a formula's second form. */
export type LeftOut = (inner: XmlElement, around: XmlElement) => boolean;

/** The text of an element with markup in it, in one line; what stands in paragraphs stays apart. */
export function flatText(element: XmlElement, leftOut: LeftOut = () => false): string {
  return contentOf(element, leftOut).replace(/\s+/g, ' ').trim();
}

function contentOf(element: XmlElement, leftOut: LeftOut): string {
  let text = element.text;
  for (const child of element.children) {
    const space = apart.has(child.local) ? ' ' : '';
    if (!leftOut(child, element)) text += space + contentOf(child, leftOut) + space;
    text += child.tail;
  }
  return text;
}
