import { type OaiIssue, type OaiRecord, readOaiResponse } from '../../../../protocols/oai-pmh/index.ts';
import { crosswalkOf } from '../../../../vocab/crosswalks/index.ts';
import { NgrError } from '../../../../vocab/errors.ts';
import type { Problem } from '../../issues/issue.ts';
import { LONGEST_DOCUMENT } from './limits.ts';
import { type FileReader, type Piece, type Place, problemAt, type Reading, unreadable } from './piece.ts';
import { readDocument } from './xml-document.ts';
import { type XmlRecord, XmlRecords } from './xml-records.ts';

/** XML: records of OAI-PMH in whatever they were saved in; else a document that is a description by itself. */
export const xml: FileReader = async function* (open, context) {
  const records = new XmlRecords();
  let known = { around: '', frame: frameOf('') };
  const pieceOf = ({ text, line, isCut }: XmlRecord): Piece => {
    if (known.around !== records.around) known = { around: records.around, frame: frameOf(records.around) };
    const { frame } = known;
    const place = { context, line };
    return {
      read: () =>
        isCut
          ? unreadable('FILE_ENTRY_TOO_LONG', 'this record is too long', place)
          : readRecord(text, frame, place),
    };
  };
  let document = '';
  for await (const chunk of open()) {
    for (const record of records.push(chunk)) yield pieceOf(record);
    if (records.hasBegun) document = '';
    else if (document.length <= LONGEST_DOCUMENT) document += chunk;
  }
  for (const record of records.end()) yield pieceOf(record);
  if (!records.hasBegun) yield { read: () => readDocument(document, context) };
};

/** An answer's elements around a record, with the namespaces that were declared around it. */
function frameOf(around: string): string {
  const declared = new Map<string, string>();
  for (const [, name = '', double, single] of around.matchAll(
    /\s(xmlns(?::[\w.-]{1,100})?)\s*=\s*(?:"([^"<]{0,2000})"|'([^'<]{0,2000})')/g,
  ))
    declared.set(name, double ?? single ?? '');
  const attributes = [...declared]
    .map(([name, uri]) => ` ${name}="${uri.replaceAll('"', '&quot;')}"`)
    .join('');
  return `<OAI-PMH${attributes}><ListRecords>`;
}

function readRecord(text: string, frame: string, place: Place): Reading {
  try {
    const { answer, issues } = readOaiResponse(`${frame}${text}</ListRecords></OAI-PMH>`, {
      from: 'The file',
    });
    const found = 'records' in answer ? answer.records : [];
    const readings = found.map((record) => readFound(record, place));
    // That the frame around the record is not whole either is no news.
    const told = issues.filter(({ code }) => code !== 'OAI_PAGE_DAMAGED' && code !== 'OAI_PAGE_TRUNCATED');
    return {
      items: readings.flatMap(({ items }) => items),
      problems: [
        ...readings.flatMap(({ problems }) => problems),
        ...told.map((issue) => problemOf(issue, place)),
      ],
      lost: told.filter(isLoss).length,
    };
  } catch (error) {
    if (!(error instanceof NgrError)) throw error;
    return unreadable('FILE_ENTRY_UNREADABLE', 'this record cannot be read', place, error.message);
  }
}

function readFound({ header, metadata }: OaiRecord, place: Place): Reading {
  const { identifier: oaiIdentifier, datestamp, sets } = header;
  const item = { oaiIdentifier, datestamp, sets, place: { file: place.context.file, line: place.line } };
  if (metadata === undefined) return { items: [item], problems: [], lost: 0 };
  const { element, xml: text } = metadata;
  const way = crosswalkOf(element, '');
  if (way !== undefined) {
    return { items: [{ ...item, metadata: { format: way.prefix, text, element } }], problems: [], lost: 0 };
  }
  const what = `the metadata of ${oaiIdentifier} are <${element.name}>, which nobody here can read`;
  return {
    items: [],
    problems: [{ ...problemAt('FILE_FORMAT_UNKNOWN', what, place), oaiIdentifier }],
    lost: 0,
  };
}

function isLoss({ severity, place }: OaiIssue): boolean {
  return severity === 'error' && place.identifier === undefined;
}

/** The record stood alone before the reader: its place in the page says nothing. */
function problemOf({ code, severity, message, place: { identifier } }: OaiIssue, place: Place): Problem {
  const about = identifier === undefined ? {} : { oaiIdentifier: identifier };
  if (code !== 'OAI_RECORD_UNREADABLE') return { ...problemAt(code, message, place), severity, ...about };
  const what = `the record ${identifier ?? ''} cannot be read`.replace('  ', ' ');
  return { ...problemAt('FILE_ENTRY_UNREADABLE', what, place, message), ...about };
}
