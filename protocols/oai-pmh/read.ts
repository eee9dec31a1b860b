import {
  charsetOf,
  type DecodedXml,
  decodeXml,
  readXml,
  type XmlElement,
  XmlError,
  type XmlLimits,
} from '../../vocab/xml/index.ts';
import { ByteOffsets } from './byte-offsets.ts';
import { OaiError } from './errors.ts';
import { IssueList } from './issue-list.ts';
import type { OaiResponse } from './model.ts';
import { readAnswer } from './read-answer.ts';
import { readDatestamp } from './datestamps.ts';
import { salvage } from './salvage.ts';

export interface ReadOaiOptions {
  /** The HTTP `Content-Type`, for its charset. */
  contentType?: string | null | undefined;
  /** What the answer came from, for messages: the request's URL. */
  from?: string;
  limits?: Partial<XmlLimits>;
}

/**
 * Reads one OAI-PMH 2.0 answer.
 *
 * A well-formed one is parsed once. One that is not is read record by record: every record that stands by itself is
 * kept, each other one becomes an issue with its place, and a page without its end is marked as truncated.
 *
 * @throws OaiError where nothing can be read: `OAI_EMPTY`, `OAI_NOT_XML`, `OAI_NOT_OAI`, `OAI_TRUNCATED`, `OAI_UNREADABLE`.
 */
export function readOaiResponse(body: string | Uint8Array, options: ReadOaiOptions = {}): OaiResponse {
  const from = options.from ?? 'the source';
  const decoded: DecodedXml =
    typeof body === 'string'
      ? { text: body, encoding: 'utf-8' }
      : decodeXml(body, charsetOf(options.contentType));
  const issues = new IssueList();
  if (decoded.trouble !== undefined) {
    issues.add({
      code: 'OAI_WRONG_ENCODING',
      severity: 'warning',
      message: `Page ${decoded.trouble}.`,
      place: {},
    });
  }
  const encoded = decoded.encoding === 'utf-8' ? {} : { encoding: decoded.encoding };
  // PHP scripts like to begin with empty lines, which XML forbids before its declaration.
  const text = decoded.text.trimStart();
  refuseOther(text, from);

  const limits = options.limits ?? {};
  let root: XmlElement;
  try {
    root = readXml(text, { limits });
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { ...salvage(text, error, { from, limits, issues }), ...encoded };
  }
  if (root.local !== 'OAI-PMH') {
    throw new OaiError(
      'OAI_NOT_OAI',
      `${from} answered with XML whose root is <${root.name}>, not <OAI-PMH>`,
    );
  }
  const responseDate = readDatestamp(root.childText('responseDate'));
  const answer = readAnswer(root, { text, responseDate, issues, offsets: new ByteOffsets(text), from });
  return {
    ...(responseDate !== undefined && { responseDate }),
    answer,
    issues: issues.list(),
    truncated: false,
    ...encoded,
  };
}

/** Tells an empty body and a web page from XML, before a parser stumbles over them. */
function refuseOther(text: string, from: string): void {
  if (text === '') throw new OaiError('OAI_EMPTY', `${from} answered with an empty body`);
  const head = text.slice(0, 2000);
  const isHtml = /^(?:<!--[^>]{0,1000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(head);
  if (head.startsWith('<') && !isHtml) return;
  if (/<(?:[\w.-]{1,40}:)?OAI-PMH[\s>]/.test(head)) return;
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(text.slice(0, 20_000))?.[1]?.trim();
  const shown = title === undefined ? JSON.stringify(head.slice(0, 60)) : `entitled “${title}”`;
  throw new OaiError(
    'OAI_NOT_XML',
    `${from} answered with ${isHtml ? 'a web page' : 'text'} ${shown}, not with XML`,
  );
}
