import {
  type NamespaceBindings,
  readXml,
  type XmlElement,
  XmlError,
  type XmlLimits,
} from '../../vocab/xml/index.ts';
import type { ByteOffsets } from './byte-offsets.ts';
import type { IssueList } from './issue-list.ts';
import type { OaiRecord } from './model.ts';
import { readRecord } from './read-record.ts';

export interface SalvageContext {
  namespaces: NamespaceBindings;
  limits: Partial<XmlLimits>;
  responseDate: string | undefined;
  issues: IssueList;
  offsets: ByteOffsets;
}

/**
 * Reads the records of a damaged page one by one. Whatever is no white space ends up in a record or in an issue; after a
 * thousand issues the rest of the page is one more.
 *
 * @param bounds where the list begins, where each record begins, and where the last one ends at the latest
 */
export function salvageRecords(
  text: string,
  bounds: readonly number[],
  context: SalvageContext,
): OaiRecord[] {
  const { namespaces, responseDate, issues, offsets } = context;
  const records: OaiRecord[] = [];
  for (let i = 0; i + 1 < bounds.length; i += 1) {
    const start = bounds[i]!;
    if (issues.isFull) {
      // Reading what cannot be read takes time too.
      unreadable(text.slice(start), start, i, 'too much of the page is damaged', context);
      break;
    }
    const span = text.slice(start, bounds[i + 1]);
    const index = i - 1;
    if (index < 0) {
      unreadable(span, start, 0, 'the start of a record is damaged', context);
      continue;
    }
    try {
      const { element, markup } = readRecordIn(span, context);
      const page = { text: markup, responseDate, issues, base: start, offsets };
      const record = readRecord(element, namespaces, page, index);
      if (record !== undefined) records.push(record);
      const rest = span.slice(markup.length);
      unreadable(rest, start + markup.length, index + 1, 'the start of a record is damaged', context);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      unreadable(span, start, index, error.message, context);
    }
  }
  return records;
}

/** The record that begins a span of text: up to the span's last end tag, or to its first. */
function readRecordIn(span: string, context: SalvageContext): { element: XmlElement; markup: string } {
  const prefix = /^<((?:[\w.-]{1,40}:)?)record/.exec(span)?.[1] ?? '';
  const endTag = `</${prefix}record>`;
  const upTo = (end: number) => (end < 0 ? span : span.slice(0, end + endTag.length));
  const longest = upTo(span.lastIndexOf(endTag));
  try {
    return { element: readXml(longest, context), markup: longest };
  } catch (error) {
    // The record after this one may have lost its start, and only its end is seen.
    const shortest = upTo(span.indexOf(endTag));
    if (shortest === longest || !(error instanceof XmlError)) throw error;
    return { element: readXml(shortest, context), markup: shortest };
  }
}

function unreadable(
  markup: string,
  start: number,
  record: number,
  why: string,
  context: SalvageContext,
): void {
  if (markup.trim() === '') return;
  const identifier = /<(?:[\w.-]{1,40}:)?identifier>([^<]{1,500})</.exec(markup.slice(0, 4000))?.[1]?.trim();
  context.issues.add({
    code: 'OAI_RECORD_UNREADABLE',
    severity: 'error',
    message: `Record ${record + 1} of the page${identifier === undefined ? '' : `, ${identifier},`} cannot be read: ${why}`,
    place: { record, offset: context.offsets.at(start), ...(identifier !== undefined && { identifier }) },
  });
}
