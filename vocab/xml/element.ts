/**
 * One element of a document that was read: a plain tree in the manner of ElementTree.
 *
 * `text` is what stands before the first child and `tail` what follows the element's end within its parent,
 * so that a leaf needs no list of nodes and mixed content keeps its order.
 */
export class XmlElement {
  /** Qualified name as written, `dc:title`. */
  readonly name: string;
  /** `dc`, or the empty string. */
  readonly prefix: string;
  /** `title`. */
  readonly local: string;
  /** Namespace URI, or the empty string where there is none or the prefix is not declared. */
  readonly namespace: string;
  /** Values by qualified name as written, `xml:lang`; namespace declarations are among them. No prototype. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly tail: string;
  /** Index of the `<` of the start tag in the text that was read. */
  readonly start: number;
  /** Index after the `>` of the end tag. */
  readonly end: number;

  constructor(
    name: string,
    prefix: string,
    local: string,
    namespace: string,
    attributes: Readonly<Record<string, string>>,
    start: number,
  ) {
    this.name = name;
    this.prefix = prefix;
    this.local = local;
    this.namespace = namespace;
    this.attributes = attributes;
    this.children = noChildren;
    this.text = '';
    this.tail = '';
    this.start = start;
    this.end = start;
  }

  /** The first child with a local name, whatever its namespace. */
  child(local: string): XmlElement | undefined {
    for (const child of this.children) if (child.local === local) return child;
    return undefined;
  }

  /** All children with a local name, whatever their namespace. */
  childrenNamed(local: string): XmlElement[] {
    return this.children.filter((child) => child.local === local);
  }

  /** The whole text of the element and of those within it, in order. */
  content(): string {
    if (this.children.length === 0) return this.text;
    let text = this.text;
    for (const child of this.children) text += child.content() + child.tail;
    return text;
  }

  /** The content without white space at its ends; the empty string where there is no such child. */
  childText(local: string): string {
    return this.child(local)?.content().trim() ?? '';
  }

  /** `xml:lang` of the element itself. */
  get language(): string | undefined {
    return this.attributes['xml:lang'];
  }
}

/** Shared by all leaves. */
const noChildren: readonly XmlElement[] = Object.freeze([]);
