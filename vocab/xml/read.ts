import { SaxesParser } from 'saxes';
import { XmlElement } from './element.ts';
import { XmlError, type XmlErrorCode, type XmlPosition } from './errors.ts';
import { defaultXmlLimits, type XmlLimits } from './limits.ts';
import { namedEntities } from './named-entities.ts';
import { type NamespaceBindings, withDeclarations, xmlNamespaces } from './namespaces.ts';

export interface ReadXmlOptions {
  limits?: Partial<XmlLimits>;
  /** Declarations in force around the text, for a piece cut out of a larger document. */
  namespaces?: NamespaceBindings;
}

/**
 * Reads a whole document, or one element cut out of one, into a tree.
 *
 * Well-formedness is checked as XML 1.0 asks. Namespaces are resolved where they are declared; an undeclared prefix
 * is no error (repositories forget declarations), the element's `namespace` is then empty. There is no DTD and there
 * are no entities but XML's and HTML's named ones.
 *
 * @throws XmlError with a code and a place, for anything that is not such a document or passes a bound.
 */
export function readXml(text: string, options: ReadXmlOptions = {}): XmlElement {
  const limits = { ...defaultXmlLimits, ...options.limits };
  if (text.length > limits.length) {
    throw new XmlError(
      'XML_TOO_LARGE',
      `XML of ${text.length} characters, more than ${limits.length}`,
      { line: 1, column: 1, offset: 0 },
      'Ask for smaller pages, or raise the limit.',
    );
  }
  return new TreeBuilder(text, limits, options.namespaces ?? xmlNamespaces).build();
}

interface QualifiedName {
  prefix: string;
  local: string;
}

/** What is written to an element while it is being read. */
type Building = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: XmlElement[] };

class TreeBuilder {
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #parser = new SaxesParser({ xmlns: false });
  /** Names repeat by the thousand: each is taken apart once. */
  readonly #names = new Map<string, QualifiedName>();
  readonly #open: Building[] = [];
  readonly #scopes: NamespaceBindings[];
  #root: XmlElement | undefined;
  /** Where text goes: into `text` of the open element, or into `tail` of its last child. */
  #last: Building | undefined;
  #elements = 0;
  #attributes = 0;
  #declares = false;

  constructor(text: string, limits: XmlLimits, namespaces: NamespaceBindings) {
    this.#text = text;
    this.#limits = limits;
    this.#scopes = [namespaces];
  }

  build(): XmlElement {
    const parser = this.#parser;
    parser.ENTITIES = namedEntities();
    // Six handlers and no more: with an eighth, V8 turns the parser into a dictionary and reading takes five times as long.
    parser.on('attribute', ({ name }) => this.#attribute(name));
    parser.on('opentag', ({ name, attributes }) => this.#openElement(name, attributes));
    parser.on('closetag', () => this.#closeElement());
    parser.on('text', (text) => this.#addText(text));
    parser.on('cdata', (text) => this.#addText(text));
    parser.on('doctype', () => this.#refuse('XML_DOCTYPE', 'XML with a document type declaration'));
    try {
      parser.write(this.#text).close();
    } catch (error) {
      if (error instanceof XmlError || !(error instanceof Error)) throw error;
      throw this.#notWellFormed(error);
    }
    if (this.#root === undefined) throw this.#notWellFormed(new Error('no element'));
    return this.#root;
  }

  #attribute(name: string): void {
    this.#attributes += 1;
    if (this.#attributes > this.#limits.attributes) {
      this.#refuse(
        'XML_TOO_MANY_ATTRIBUTES',
        `XML element with more than ${this.#limits.attributes} attributes`,
      );
    }
    if (name.startsWith('xmlns')) this.#declares = true;
  }

  #openElement(name: string, attributes: Record<string, string>): void {
    this.#elements += 1;
    if (this.#elements > this.#limits.elements) {
      this.#refuse('XML_TOO_MANY_ELEMENTS', `XML with more than ${this.#limits.elements} elements`);
    }
    if (this.#open.length >= this.#limits.depth) {
      this.#refuse('XML_TOO_DEEP', `XML with elements more than ${this.#limits.depth} deep`);
    }
    const outer = this.#scopes[this.#scopes.length - 1] ?? xmlNamespaces;
    const scope = this.#declares ? withDeclarations(outer, attributes) : outer;
    const { prefix, local } = this.#qualifiedName(name);
    const namespace = scope.get(prefix) ?? '';
    // A well-formed start tag holds no other '<', in its attributes neither.
    const start = this.#text.lastIndexOf('<', this.#parser.position - 1);
    const element = new XmlElement(name, prefix, local, namespace, attributes, start) as Building;

    const parent = this.#open[this.#open.length - 1];
    if (parent === undefined) this.#root = element;
    else if (parent.children.length === 0) parent.children = [element];
    else parent.children.push(element);

    this.#open.push(element);
    this.#scopes.push(scope);
    this.#last = undefined;
    this.#attributes = 0;
    this.#declares = false;
  }

  #closeElement(): void {
    this.#scopes.pop();
    const element = this.#open.pop();
    if (element !== undefined) element.end = this.#parser.position;
    this.#last = element;
  }

  #addText(text: string): void {
    if (this.#last !== undefined) {
      if (this.#open.length > 0) this.#last.tail += text;
      return;
    }
    const element = this.#open[this.#open.length - 1];
    if (element !== undefined) element.text += text;
  }

  #qualifiedName(name: string): QualifiedName {
    let qualified = this.#names.get(name);
    if (qualified === undefined) {
      const colon = name.indexOf(':');
      qualified = { prefix: colon < 0 ? '' : name.slice(0, colon), local: name.slice(colon + 1) };
      this.#names.set(name, qualified);
    }
    return qualified;
  }

  #position(): XmlPosition {
    const { line, column, position } = this.#parser;
    return { line, column: column + 1, offset: Math.min(position, this.#text.length) };
  }

  #refuse(code: XmlErrorCode, what: string): never {
    throw new XmlError(code, what, this.#position(), 'Tell the source: no honest document needs this.');
  }

  #notWellFormed(error: Error): XmlError {
    // saxes puts "line:column: " before its message.
    const what = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    return new XmlError(
      'XML_NOT_WELL_FORMED',
      `XML is not well-formed: ${what}`,
      this.#position(),
      'Have the source mend its XML; xmllint shows each place.',
    );
  }
}
