import {
  type NamespaceBindings,
  readXml,
  type XmlElement,
  XmlError,
  type XmlLimits,
  xmlNamespaces,
} from '../../vocab/xml/index.ts';
import { ByteOffsets } from './byte-offsets.ts';
import { readDatestamp } from './datestamps.ts';
import { OaiError, type OaiFault } from './errors.ts';
import type { IssueList } from './issue-list.ts';
import type { OaiResponse } from './model.ts';
import { readToken } from './read-answer.ts';
import { salvageRecords } from './salvage-records.ts';

export interface SalvageOptions {
  from: string;
  limits: Partial<XmlLimits>;
  /** Issues found so far; those of the page are added. */
  issues: IssueList;
}

// All patterns stop at the next '<', so that no text makes them slow; a prefix is `\w` and the like.
/** A record begins where a `record` tag is followed by a `header`: MARCXML has `record` elements of its own. */
const recordStart = /<((?:[\w.-]{1,40}:)?)record(?:\s[^<>]*)?>\s*<\1header[\s>/]/g;
const listStart = /<(?:[\w.-]{1,40}:)?(ListRecords|GetRecord)(?:\s[^<>]*)?>/;
/** What may follow the last record. */
const afterRecords =
  /<(?:\/(?:[\w.-]{1,40}:)?(?:ListRecords|GetRecord)|(?:[\w.-]{1,40}:)?resumptionToken)[\s>/]/g;
const listEnd = /<\/(?:[\w.-]{1,40}:)?(?:ListRecords|GetRecord)\s*>/;
const tokenElement =
  /<((?:[\w.-]{1,40}:)?)resumptionToken(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1resumptionToken\s*>)/;
const errorElement = /<((?:[\w.-]{1,40}:)?)error(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1error\s*>)/g;
const dateElement = /<(?:[\w.-]{1,40}:)?responseDate>([^<]{1,100})</;
const declaration = /\sxmlns(?::([\w.-]{1,40}))?\s*=\s*["']([^"'<>]{1,300})["']/g;

/**
 * Reads a page that is not well-formed: each record by itself, and the resumption token.
 *
 * @param text the page, which the parser refused with `reason`
 * @throws OaiError `OAI_TRUNCATED`, `OAI_UNREADABLE` or `OAI_NOT_XML` where it holds no record, token or OAI-PMH error
 */
export function salvage(text: string, reason: XmlError, options: SalvageOptions): OaiResponse {
  const { from, limits, issues } = options;
  const starts = [...text.matchAll(recordStart)].map((match) => match.index);
  // What surrounds the records stands right before the first of them.
  const head = text.slice(0, starts[0] ?? text.length).slice(-20_000);
  const list = listStart.exec(head);
  const end = endOfRecords(text, starts.at(-1) ?? 0);
  const tail = text.slice(end);
  const namespaces = declarationsIn(head);
  const responseDate = readDatestamp(dateElement.exec(head)?.[1]?.trim() ?? '');
  const dated = responseDate === undefined ? {} : { responseDate };

  const tokenXml = readPiece(tokenElement.exec(tail)?.[0], namespaces, limits);
  const token = tokenXml === undefined ? undefined : readToken(tokenXml);
  if (starts.length === 0 && (token === undefined || token.value === '')) {
    const faults = faultsIn(text, namespaces, limits);
    if (faults.length === 0) throw nothingFound(text, reason, from);
    return { ...dated, answer: { verb: 'error', faults }, issues: issues.list(), truncated: false };
  }

  const offsets = new ByteOffsets(text);
  issues.add({
    code: 'OAI_PAGE_DAMAGED',
    severity: 'warning',
    message: `Page cannot be read as a whole, its records are read one by one: ${reason.message}`,
    place: { offset: offsets.at(reason.position.offset) },
  });
  const first = list === null ? (starts[0] ?? end) : text.indexOf(list[0]) + list[0].length;
  const records = salvageRecords(text, [first, ...starts, end], {
    namespaces,
    limits,
    responseDate,
    issues,
    offsets,
  });
  const truncated = token === undefined && !listEnd.test(tail);
  if (truncated) {
    issues.add({
      code: 'OAI_PAGE_TRUNCATED',
      severity: 'error',
      message: `Page stops before its end, after the start of ${starts.length} records`,
      place: { offset: offsets.at(text.length) },
    });
  }
  return {
    ...dated,
    answer:
      list?.[1] === 'GetRecord'
        ? { verb: 'GetRecord', records }
        : { verb: 'ListRecords', records, ...(token !== undefined && { token }) },
    issues: issues.list(),
    truncated,
  };
}

function endOfRecords(text: string, lastStart: number): number {
  afterRecords.lastIndex = lastStart;
  return afterRecords.exec(text)?.index ?? text.length;
}

/** Namespace declarations of the elements around the records. */
function declarationsIn(head: string): NamespaceBindings {
  const bindings = new Map(xmlNamespaces);
  for (const [, prefix, value] of head.matchAll(declaration)) bindings.set(prefix ?? '', value!);
  return bindings;
}

function faultsIn(text: string, namespaces: NamespaceBindings, limits: Partial<XmlLimits>): OaiFault[] {
  const faults: OaiFault[] = [];
  for (const [markup] of text.slice(0, 20_000).matchAll(errorElement)) {
    const element = readPiece(markup, namespaces, limits);
    const condition = element?.attributes['code'];
    if (element !== undefined && condition !== undefined) {
      faults.push({ condition, message: element.content().trim() });
    }
  }
  return faults;
}

function readPiece(
  markup: string | undefined,
  namespaces: NamespaceBindings,
  limits: Partial<XmlLimits>,
): XmlElement | undefined {
  if (markup === undefined) return undefined;
  try {
    return readXml(markup, { namespaces, limits });
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function nothingFound(text: string, reason: XmlError, from: string): OaiError {
  const why = { cause: reason, details: { position: reason.position } };
  if (!/<(?:[\w.-]{1,40}:)?OAI-PMH[\s>]/.test(text.slice(0, 20_000))) {
    return new OaiError('OAI_NOT_XML', `${from} answered with what is no XML: ${reason.message}`, why);
  }
  if (!/<\/(?:[\w.-]{1,40}:)?OAI-PMH\s*>/.test(text.slice(-1000))) {
    return new OaiError('OAI_TRUNCATED', `${from} answered with a page that stops before any record`, why);
  }
  return new OaiError(
    'OAI_UNREADABLE',
    `${from} answered with XML in which nothing can be read: ${reason.message}`,
    why,
  );
}
