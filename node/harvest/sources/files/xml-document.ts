import { crosswalkOf, type XmlCrosswalk } from '../../../../vocab/crosswalks/index.ts';
import { identifierText } from '../../../../vocab/identifiers.ts';
import {
  type NamespaceBindings,
  readXml,
  standaloneXml,
  withDeclarations,
  type XmlElement,
  XmlError,
  xmlNamespaces,
} from '../../../../vocab/xml/index.ts';
import { fileProblem } from './problems.ts';
import { itemOf } from './identity.ts';
import { LONGEST_DOCUMENT } from './limits.ts';
import { type FileContext, type Place, type Reading, unreadable } from './piece.ts';

/**
 * A document that one of the crosswalks reads, or a wrapper around several, as `modsCollection` is. One that names no
 * identifier is known by the name of its file.
 */
export function readDocument(text: string, context: FileContext): Reading {
  const place = { context, line: 1 };
  if (text.length > LONGEST_DOCUMENT)
    return unreadable('FILE_ENTRY_TOO_LONG', 'this document is too long', place);
  const markup = withoutDoctype(text.trimStart());
  let root: XmlElement;
  try {
    root = readXml(markup);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const where = { context, line: error.position.line };
    return unreadable(
      'FILE_DAMAGED',
      'this is no well-formed XML, or stops before its end',
      where,
      error.message,
    );
  }
  const alone = crosswalkOf(root, '');
  if (alone !== undefined)
    return readingOf(root, alone, {
      markup,
      scope: xmlNamespaces,
      place,
      name: context.file.replace(/\.gz$/i, ''),
    });

  const scope = withDeclarations(xmlNamespaces, root.attributes);
  const lines = new LineCount(markup);
  const readings = root.children.flatMap((element) => {
    const way = crosswalkOf(element, '');
    if (way === undefined) return [];
    return [readingOf(element, way, { markup, scope, place: { context, line: lines.upTo(element.start) } })];
  });
  if (readings.length > 0) return { items: readings.flatMap(({ items }) => items), problems: [], lost: 0 };
  const what = `${context.file} is XML, but neither records of OAI-PMH nor a description that can be read: <${root.name}>.`;
  return {
    items: [],
    problems: [
      fileProblem('FILE_NOT_RECOGNISED', what, { place: { file: context.file }, about: context.file }),
    ],
    lost: 1,
  };
}

/** Documents of publishers name the DTD of their format. It is not needed; one that declares entities is refused. */
function withoutDoctype(markup: string): string {
  return markup.replace(/<!DOCTYPE\s[^[\]<>]{1,2000}>/, (declaration) => declaration.replace(/[^\n]/g, ' '));
}

function readingOf(
  element: XmlElement,
  way: XmlCrosswalk,
  around: { markup: string; scope: NamespaceBindings; place: Place; name?: string },
): Reading {
  const { markup, scope, place, name = '' } = around;
  const [identifier] = way.read(element).description.identifiers;
  const ids = [identifier === undefined ? '' : identifierText(identifier), name];
  const metadata = { format: way.prefix, text: standaloneXml(markup, element, scope), element };
  return { items: [itemOf({ ids, metadata }, place)], problems: [], lost: 0 };
}

/** Tells the lines of places in a text, from its beginning to its end. */
class LineCount {
  readonly #text: string;
  #line = 1;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  upTo(offset: number): number {
    for (let next = this.#next(); next >= 0 && next < offset; next = this.#next()) {
      this.#line += 1;
      this.#at = next + 1;
    }
    return this.#line;
  }

  #next(): number {
    return this.#text.indexOf('\n', this.#at);
  }
}
