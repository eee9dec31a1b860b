import { isIPv6 } from 'node:net';
import { LOG_TIME_LENGTH, LogTimeReader } from './log-time.ts';

/** Why a line is not read. */
export const lineRefusals = [
  'LOG_LINE_TOO_LONG',
  'LOG_LINE_BINARY',
  'LOG_LINE_CUT',
  'LOG_LINE_ADDRESS',
  'LOG_LINE_TIME',
  'LOG_LINE_UNREADABLE',
] as const;
type LineRefusal = (typeof lineRefusals)[number];

/** What a line of a web server's log says. */
export interface LogEntry {
  /** IP address of the client. */
  address: string;
  /** Milliseconds since 1970. */
  time: number;
  /** As sent: `GET`. Empty where what came was no HTTP request. */
  method: string;
  /** Path and query as sent, percent-encoded. */
  path: string;
  status: number;
  /** `User-Agent`, empty where none was sent; undefined where the log's format has none (common log format). */
  agent: string | undefined;
}

const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const BRACKET = 91;
const COLON = 58;
const DOT = 46;
/** `::ffff:192.0.2.1`, as servers that listen on IPv6 write the others. */
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
/** No address is longer, nor a host name (RFC 1035, section 2.3.4). */
const LONGEST_HOST = 255;
/** What stands in no text but tabs. */
// eslint-disable-next-line no-control-regex
const BINARY = /[\u0000-\u0008\u000b-\u001f]/;

/**
 * Reads lines of the common log format (Apache `%h %l %u %t "%r" %>s %b`), the combined one (with referrer and agent), and
 * either behind a virtual host (`%v:%p`), as Apache and nginx write them: https://httpd.apache.org/docs/2.4/logs.html.
 * What a server adds behind the agent is passed over. No regular expression runs over a line that is well-formed.
 */
export class LineReader {
  readonly #times = new LogTimeReader();

  /** @param text one byte a character (latin1), of which the line without its end is the part from `start` to `end` */
  read(text: string, start = 0, end = text.length): LogEntry | LineRefusal {
    let addressEnd = text.indexOf(' ', start);
    if (addressEnd < 0 || addressEnd >= end) return broken(text, start, end, 'LOG_LINE_CUT');
    let addressStart = start;
    let address = addressAt(text, addressStart, addressEnd);
    if (address === undefined) {
      // The virtual host may come first.
      addressStart = addressEnd + 1;
      addressEnd = text.indexOf(' ', addressStart);
      if (addressEnd < 0 || addressEnd >= end) return broken(text, start, end, 'LOG_LINE_CUT');
      address = addressAt(text, addressStart, addressEnd);
    }

    const timeStart = timeAfter(text, addressEnd, end);
    if (timeStart < 0)
      return broken(text, start, end, end - start < 64 ? 'LOG_LINE_CUT' : 'LOG_LINE_UNREADABLE');
    if (timeStart + LOG_TIME_LENGTH + 2 >= end) return broken(text, start, end, 'LOG_LINE_CUT');
    if (address === undefined) return broken(text, start, end, 'LOG_LINE_ADDRESS');
    const time = this.#times.read(text, timeStart);
    if (Number.isNaN(time)) return broken(text, start, end, 'LOG_LINE_TIME');

    const request = timeStart + LOG_TIME_LENGTH + 3;
    if (text.charCodeAt(request - 1) !== QUOTE || text.charCodeAt(request - 3) !== 93)
      return broken(text, start, end, 'LOG_LINE_UNREADABLE');
    const requestEnd = closingQuote(text, request, end);
    if (requestEnd < 0 || requestEnd + 5 > end) return broken(text, start, end, 'LOG_LINE_CUT');
    const status = statusAt(text, requestEnd + 2);
    if (Number.isNaN(status)) return broken(text, start, end, 'LOG_LINE_UNREADABLE');
    const sizeEnd = text.indexOf(' ', requestEnd + 6);
    // Without a size the line ended in its midst.
    if (requestEnd + 6 >= end) return broken(text, start, end, 'LOG_LINE_CUT');

    const agent = sizeEnd < 0 || sizeEnd >= end ? undefined : agentAfter(text, sizeEnd, end);
    if (agent === null) return broken(text, start, end, 'LOG_LINE_CUT');
    const methodEnd = text.indexOf(' ', request);
    const isRequest = methodEnd > request && methodEnd < requestEnd;
    return {
      address,
      time,
      method: isRequest ? text.slice(request, methodEnd) : '',
      path: isRequest ? pathIn(text, methodEnd + 1, requestEnd) : '',
      status,
      agent,
    };
  }
}

/** @returns undefined where it is none */
function addressAt(text: string, start: number, end: number): string | undefined {
  if (isDottedQuad(text, start, end)) return text.slice(start, end);
  if (end - start > LONGEST_HOST) return undefined;
  const address = text.slice(start, end);
  if (!address.includes(':')) return undefined;
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return isDottedQuad(mapped, 0, mapped.length) ? mapped : undefined;
  return isIPv6(address) ? address : undefined;
}

function isDottedQuad(text: string, start: number, end: number): boolean {
  if (end - start < 7 || end - start > 15) return false;
  let [dots, value, digits] = [0, 0, 0];
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0) return false;
      dots += 1;
      value = 0;
      digits = 0;
      continue;
    }
    if (code < 48 || code > 57) return false;
    value = value * 10 + code - 48;
    digits += 1;
    if (digits > 3 || value > 255) return false;
  }
  return dots === 3 && digits > 0;
}

/** Where the time begins, behind its bracket. The name of a user, before it, may hold brackets itself. */
function timeAfter(text: string, from: number, end: number): number {
  for (let at = text.indexOf('[', from); at >= 0 && at < end; at = text.indexOf('[', at + 1)) {
    const isTime =
      text.charCodeAt(at - 1) === SPACE &&
      text.charCodeAt(at) === BRACKET &&
      (text.charCodeAt(at + 3) === 47 || at + 4 > end) &&
      (text.charCodeAt(at + 12) === COLON || at + 13 > end);
    if (isTime) return at + 1;
  }
  return -1;
}

/** The quotation mark that ends a field: none with a backslash before it, unless that is escaped itself. */
function closingQuote(text: string, from: number, end: number): number {
  for (let at = text.indexOf('"', from); at >= 0 && at < end; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && text.charCodeAt(at - backslashes - 1) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

function statusAt(text: string, at: number): number {
  const hundreds = text.charCodeAt(at) - 48;
  const tens = text.charCodeAt(at + 1) - 48;
  const ones = text.charCodeAt(at + 2) - 48;
  const isNumber = hundreds >= 1 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
  return isNumber && text.charCodeAt(at + 3) === SPACE ? hundreds * 100 + tens * 10 + ones : Number.NaN;
}

/** The agent, the second quoted field; undefined where there is none, null where one of the two has no end. */
function agentAfter(text: string, from: number, end: number): string | undefined | null {
  const referrer = text.indexOf('"', from);
  if (referrer < 0 || referrer >= end) return undefined;
  const referrerEnd = closingQuote(text, referrer + 1, end);
  if (referrerEnd < 0) return null;
  const agent = text.indexOf('"', referrerEnd + 1);
  if (agent < 0 || agent >= end) return null;
  const agentEnd = closingQuote(text, agent + 1, end);
  if (agentEnd < 0) return null;
  return agentEnd === agent + 2 && text.charCodeAt(agent + 1) === 45 ? '' : text.slice(agent + 1, agentEnd);
}

/** The target of a request without the protocol behind it, and without the origin where the client sent one. */
function pathIn(text: string, start: number, requestEnd: number): string {
  const protocol = text.lastIndexOf(' ', requestEnd);
  const end = protocol > start ? protocol : requestEnd;
  if (text.charCodeAt(start) === 47) return text.slice(start, end);
  const path = text.slice(start, end);
  return /^https?:\/\/[^/?#]*(\/.*)$/i.exec(path)?.[1] ?? path;
}

/** What cannot be read is told as binary where it is. */
function broken(text: string, start: number, end: number, refusal: LineRefusal): LineRefusal {
  return BINARY.test(text.slice(start, end)) ? 'LOG_LINE_BINARY' : refusal;
}
