import type { XmlElement } from '../../xml/index.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { DSpaceValues, fieldName } from './values.ts';

/*
 * XOAI's XML (http://www.lyncode.com/xsd/xoai.xsd) is a tree of elements that are named by an attribute, with named
 * fields as leaves: <element name="dc"><element name="title"><element name="en"><field name="value">…
 */

/** The elements of a name within an element. */
export function elementsNamed(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child.local === 'element' && nameOf(child) === name);
}

/** The text of a field of an element; the empty string where there is none. */
export function fieldOf(element: XmlElement, name: string): string {
  const field = element.children.find((child) => child.local === 'field' && nameOf(child) === name);
  return textOf(field);
}

/** The metadata in the tree: schema, element, qualifier where there is one, language. */
export function valuesOf(metadata: XmlElement): DSpaceValues {
  const values = new DSpaceValues();
  for (const schema of metadata.children)
    for (const element of schema.children)
      if (element.local === 'element') collect(element, [nameOf(schema), nameOf(element)], values);
  return values;
}

/** What is deeper is metadata of other items, to which an authority leads. */
const deepest = 4;

function collect(element: XmlElement, path: readonly string[], values: DSpaceValues): void {
  addValues(element, path, values);
  if (path.length === deepest) return;
  for (const child of element.children)
    if (child.local === 'element') collect(child, [...path, nameOf(child)], values);
}

/** A value's authority is a field behind it. */
function addValues(element: XmlElement, path: readonly string[], values: DSpaceValues): void {
  const [schema = '', name = '', ...rest] = path;
  const [qualifier, language] = qualifierAndLanguage(rest);
  let value = '';
  let authority = '';
  const end = (): void => {
    values.add(fieldName(schema, name, qualifier), value, language, authority);
    value = '';
    authority = '';
  };
  for (const field of element.children) {
    if (field.local !== 'field') continue;
    const kind = nameOf(field);
    if (kind === 'value') {
      end();
      value = textOf(field);
    } else if (kind === 'authority' || kind === 'authorityID') authority ||= textOf(field);
  }
  end();
}

/** The last name is the language, `none` where there is none; some leave it out behind a qualifier. */
function qualifierAndLanguage([first = '', second]: readonly string[]): [
  qualifier: string,
  language: string,
] {
  if (second !== undefined) return [first, second];
  return /^(?:none|\*|[a-z]{2}(?:[_-][a-z]{2,8})*)$/i.test(first) ? ['', first] : [first, ''];
}

function nameOf(element: XmlElement): string {
  return attributeOf(element, 'name');
}
