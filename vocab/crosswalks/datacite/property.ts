import { flatText } from '../flat-text.ts';
import { attributeOf } from '../xml-table.ts';
import type { XmlElement } from '../../xml/index.ts';

/**
 * One property of DataCite metadata, with its sub-properties, in whatever syntax it came. Properties are named as the
 * XML schema names them, in the singular; case does not matter, and text without content says nothing.
 */
export interface Property {
  /** Its own value; the empty string where it has none. */
  readonly text: string;
  readonly language: string | undefined;
  /** Whether it is a value alone, without sub-properties that are elements. */
  readonly isPlain: boolean;
  /** The value of a sub-property that can stand once; the empty string where it is not there. */
  get(name: string): string;
  /** All sub-properties of a name, whether or not their list is an element of its own. */
  all(name: string): readonly Property[];
}

/** The codes that DataCite has for what is not known (Metadata Schema 4.6, Appendix 3). */
const unknownValue =
  /^(?:\(:(?:unac|unal|unap|unas|unav|unkn|none|null|tba|etal)\)|:(?:unac|unal|unap|unas|unav|unkn|none|null|tba)$)/i;

/** A value without white space around; nothing where it is a code for that nothing is known. */
export function knownValue(text: string): string {
  const trimmed = text.trim();
  return unknownValue.test(trimmed) ? '' : trimmed;
}

/** A property as XML: sub-properties are attributes and child elements; lists have names such as `creators`, `rightsList`. */
export class XmlProperty implements Property {
  readonly #element: XmlElement;

  constructor(element: XmlElement) {
    this.#element = element;
  }

  get text(): string {
    const { children, text } = this.#element;
    return knownValue(children.length === 0 ? text : flatText(this.#element));
  }

  get language(): string | undefined {
    return this.#element.language;
  }

  get isPlain(): boolean {
    return this.#element.children.length === 0;
  }

  get(name: string): string {
    const attribute = attributeOf(this.#element, name);
    return attribute === '' ? (this.all(name)[0]?.text ?? '') : knownValue(attribute);
  }

  all(name: string): readonly Property[] {
    const found: Property[] = [];
    for (const child of this.#element.children) {
      if (isNamed(child, name)) found.push(new XmlProperty(child));
      else if (isNamed(child, `${name}s`) || isNamed(child, `${name}List`))
        for (const inner of child.children) if (isNamed(inner, name)) found.push(new XmlProperty(inner));
    }
    return found;
  }
}

function isNamed({ local }: XmlElement, name: string): boolean {
  return local === name || (local.length === name.length && local.toLowerCase() === name.toLowerCase());
}
