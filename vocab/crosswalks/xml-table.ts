import { remembered } from '../cleaning/index.ts';
import type { LanguageString, Record } from '../record.ts';
import { element, raw, type XmlAttributes, type XmlElement } from '../xml/index.ts';
import type { CrosswalkResult, CrosswalkRow, Writing, XmlCrosswalk } from './crosswalk.ts';
import { DescriptionBuilder } from './description-builder.ts';
import { flatText } from './flat-text.ts';
import { rootAttributes } from './root-attributes.ts';

/**
 * One line of the table of an XML format.
 *
 * `element` is the path from the root to what is read, `datacite:titles/datacite:title`. Names are compared without
 * their prefixes, and without regard to case and to what joins their words: repositories forget namespaces, and write
 * `date_accepted`.
 */
export type XmlRow = CrosswalkRow & {
  /** The elements as markup, without those around them. */
  readonly write?: (record: Record) => readonly string[];
} & (
    | { readonly read: (element: XmlElement, description: DescriptionBuilder) => void }
    /** For elements that tell something only together; there is at least one. */
    | { readonly readAll: (elements: readonly XmlElement[], description: DescriptionBuilder) => void }
  );

/** Reads an element by its text and `xml:lang`, where there is any text; what stands in paragraphs stays apart. */
export function ofText(
  read: (text: LanguageString, description: DescriptionBuilder) => void,
): (element: XmlElement, description: DescriptionBuilder) => void {
  return (found, description) => {
    const value = found.children.length === 0 ? textOf(found) : flatText(found);
    const { language } = found;
    if (value !== '') read(language === undefined ? { value } : { value, language }, description);
  };
}

/** Reads a record row by row, each row with all of its elements. */
export function readRows(rows: readonly XmlRow[], metadata: XmlElement): CrosswalkResult {
  const description = new DescriptionBuilder();
  const children = byName(metadata);
  for (const row of rows) {
    description.log.field = row.element;
    const [first = '', ...deeper] = foldedPath(row.element);
    const found = (children.get(first) ?? []).flatMap((child) => within(child, deeper));
    if (found.length === 0) continue;
    if ('readAll' in row) row.readAll(found, description);
    else for (const one of found) row.read(one, description);
  }
  return { description: description.build(), repairs: description.log.repairs };
}

/** Writes a record row by row; neighbouring rows that share the elements around theirs share them in the document. */
export function writeRows(
  root: string,
  attributes: XmlAttributes,
  rows: readonly XmlRow[],
  record: Record,
): string {
  const parts: { around: readonly string[]; markup: string }[] = [];
  for (const row of rows) {
    const markup = row.write?.(record).join('') ?? '';
    if (markup === '') continue;
    const around = row.element.split('/').slice(0, -1);
    const last = parts.at(-1);
    if (last !== undefined && around.length > 0 && last.around.join('/') === around.join('/'))
      last.markup += markup;
    else parts.push({ around, markup });
  }
  const inner = parts.map(({ around, markup }) =>
    around.reduceRight((content, name) => element(name, {}, raw(content)), markup),
  );
  return element(root, attributes, raw(inner.join('')));
}

/**
 * The crosswalk of a format that is read and written by nothing but its rows.
 *
 * @param format.root name of the element around the rows'
 * @param format.namespaces by their prefixes, the format's own first
 */
export function crosswalkByRows({
  root,
  namespaces,
  ...format
}: Omit<Writing<XmlCrosswalk>, 'read' | 'write' | 'rows'> & {
  readonly rows: readonly XmlRow[];
  readonly root: string;
  readonly namespaces: { readonly [prefix: string]: string };
}): Writing<XmlCrosswalk> {
  const { rows } = format;
  const attributes = rootAttributes(namespaces, format);
  return {
    ...format,
    read: (metadata) => readRows(rows, metadata),
    write: (record) => writeRows(root, attributes, rows, record),
  };
}

/** Elements of one name, each with a text; texts that are absent or empty give none. */
export function textElements(
  name: string,
  texts: readonly (string | LanguageString | undefined)[],
  attributes: XmlAttributes = {},
): string[] {
  return texts.flatMap((text) => {
    const { value, language }: LanguageString = typeof text === 'object' ? text : { value: text ?? '' };
    return value === '' ? [] : [element(name, { ...attributes, 'xml:lang': language }, value)];
  });
}

/** An attribute by its name without prefix, however that is written; the empty string where there is none. */
export function attributeOf({ attributes }: XmlElement, name: string): string {
  const exact = attributes[name];
  if (exact !== undefined) return exact.trim();
  const wanted = foldedName(name);
  for (const written in attributes) {
    if (!written.startsWith('xmlns') && foldedName(written) === wanted) return attributes[written]!.trim();
  }
  return '';
}

/** The content of an element without white space at its ends. */
export function textOf(found: XmlElement | undefined): string {
  return found?.content().trim() ?? '';
}

function within(from: XmlElement, path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (reached, name) =>
      reached.flatMap(({ children }) => children.filter(({ local }) => foldedName(local) === name)),
    [from],
  );
}

function byName({ children }: XmlElement): Map<string, XmlElement[]> {
  const named = new Map<string, XmlElement[]>();
  for (const child of children) {
    const name = foldedName(child.local);
    const others = named.get(name);
    if (others === undefined) named.set(name, [child]);
    else others.push(child);
  }
  return named;
}

/** `dcterms:dateAccepted` and `date_accepted` are one name. */
const foldedName = remembered((name: string): string =>
  name
    .slice(name.indexOf(':') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, ''),
);

const foldedPath = remembered((path: string): readonly string[] => path.split('/').map(foldedName));
