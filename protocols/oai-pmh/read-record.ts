import {
  type NamespaceBindings,
  standaloneXml,
  withDeclarations,
  type XmlElement,
} from '../../vocab/xml/index.ts';
import type { ByteOffsets } from './byte-offsets.ts';
import { readDatestamp } from './datestamps.ts';
import type { IssueList } from './issue-list.ts';
import type { OaiHeader, OaiPlace, OaiRecord } from './model.ts';

/** What is known of the page around a record. */
export interface PageContext {
  /** What the element was read from. */
  text: string;
  /** Stands in for a datestamp that cannot be read. */
  responseDate: string | undefined;
  issues: IssueList;
  /** Index of `text` in the page. */
  base: number;
  offsets: ByteOffsets;
}

/** Longer than any honest identifier; it becomes part of a database key. */
const longestIdentifier = 2000;

/**
 * One `record` element; `undefined`, with an issue, where it cannot be told which record it is or what it says.
 *
 * @param outer namespace declarations in force around the element
 * @param index position of the record in the page
 */
export function readRecord(
  element: XmlElement,
  outer: NamespaceBindings,
  page: PageContext,
  index: number,
): OaiRecord | undefined {
  const headerElement = element.child('header');
  const header = headerElement === undefined ? undefined : readHeader(headerElement, page, index);
  if (headerElement === undefined) incomplete('Record without a header', placeOf(element, page, index), page);
  if (header === undefined) return undefined;
  if (header.deleted) return { header };

  const wrapper = element.child('metadata');
  const metadata = wrapper?.children[0];
  if (wrapper === undefined || metadata === undefined) {
    const place = placeOf(element, page, index, header.identifier);
    return incomplete('Record that has no metadata and is not marked as deleted', place, page);
  }
  const scope = withDeclarations(withDeclarations(outer, element.attributes), wrapper.attributes);
  return { header, metadata: { element: metadata, xml: standaloneXml(page.text, metadata, scope) } };
}

/** One `header` element; `undefined`, with an issue, where it has no identifier. */
export function readHeader(element: XmlElement, page: PageContext, index: number): OaiHeader | undefined {
  let identifier = '';
  let written = '';
  const sets: string[] = [];
  for (const child of element.children) {
    const text = child.content().trim();
    if (child.local === 'identifier') identifier = text;
    else if (child.local === 'datestamp') written = text;
    else if (child.local === 'setSpec' && text !== '') sets.push(text);
  }
  if (identifier === '' || identifier.length > longestIdentifier) {
    const what = identifier === '' ? 'no identifier' : `an identifier of ${identifier.length} characters`;
    return incomplete(`Record with ${what}`, placeOf(element, page, index), page);
  }
  let datestamp = readDatestamp(written);
  if (datestamp === undefined) {
    datestamp = page.responseDate ?? '1970-01-01';
    page.issues.add({
      code: 'OAI_BAD_DATESTAMP',
      severity: 'warning',
      message: `Datestamp “${written.slice(0, 100)}” is no date; ${datestamp} stands in`,
      place: placeOf(element, page, index, identifier),
    });
  }
  return { identifier, datestamp, sets, deleted: element.attributes['status'] === 'deleted' };
}

function incomplete(message: string, place: OaiPlace, page: PageContext): undefined {
  page.issues.add({ code: 'OAI_RECORD_INCOMPLETE', severity: 'error', message, place });
  return undefined;
}

function placeOf(element: XmlElement, page: PageContext, record: number, identifier?: string): OaiPlace {
  const offset = page.offsets.at(page.base + element.start);
  return { record, offset, ...(identifier !== undefined && { identifier }) };
}
