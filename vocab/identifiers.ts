import type { Identifier } from './record.ts';

/*
 * Identifiers of works as they stand in metadata: with and without prefix, as URL of a resolver or of a web site, with
 * tracking parameters, in the middle of a citation. Every pattern here is bounded and takes linear time.
 */

/** Longer than any honest identifier. */
const longest = 2000;

// oxlint-disable-next-line no-control-regex
const control = /[\x00-\x1f\x7f-\x9f]/;

/** Of a text that is searched for identifiers; references and remarks are shorter. */
const longestSearched = 50_000;

/** Characters that end an identifier in running text. Surrogates are among them: no identifier has emoji. */
const inside = String.raw`[^\s"<>{}|\\^\`\u3001\u3002\uff09\uff0c\uff1b\ud800-\udfff]`;
const doiPrefix = String.raw`10\.\d{4,9}(?:\.\d{1,9}){0,3}`;
const arxivNumber = String.raw`(?:\d{4}\.\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,10})?(?:\.[a-z]{2})?\/\d{7})`;

/** What may be an identifier in running text; `normaliseIdentifier` tells. */
const candidates = new RegExp(
  [
    String.raw`\bhttps?:\/\/${inside}{3,2000}`,
    String.raw`\burn:[a-z0-9][a-z0-9-]{1,31}:${inside}{1,300}`,
    // Wiley's old DOIs hold angle brackets: 10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O
    String.raw`\b10\.1002\/\(sici\)[^\s"]{1,200}`,
    String.raw`(?<![\d.])${doiPrefix}\/${inside}{1,400}`,
    String.raw`\b(?:hdl:|hdl\.handle\.net\/|info:hdl\/)\s?\d[\d.]{0,60}\/${inside}{1,300}`,
    String.raw`\bisbn(?:[- ]?1[03])?\s{0,3}:?\s{0,3}(?:\d[ \u2010-\u2013-]?){9,12}[\dx](?!\d)`,
    String.raw`\bissn(?:-l)?[^\d<>]{0,20}\d{4}[\u2010-\u2013-]?\d{3}[\dx](?!\d)`,
    String.raw`\bpmid:?\s{0,3}\d{1,8}(?!\d)`,
    String.raw`\barxiv:\s?${arxivNumber}`,
  ].join('|'),
  'gi',
);

/** Without one of these there is none. */
const telltale = /10\.\d{4}|https?:|urn:|hdl|is[bs]n|pmid|arxiv/i;

/** All identifiers in a text, normalised, each once, in order of appearance. */
export function findIdentifiers(text: string): Identifier[] {
  if (!telltale.test(text)) return [];
  const found = new Map<string, Identifier>();
  for (const [candidate] of text.slice(0, longestSearched).matchAll(candidates)) {
    const identifier = normaliseIdentifier(candidate);
    if (identifier !== undefined) found.set(identifierText(identifier), identifier);
  }
  return [...found.values()];
}

/**
 * A text that is one identifier, in any of the forms in use, brought to one form: DOIs in lower case and without
 * resolver, ISBNs with 13 digits, ISSNs as `1234-567X`, arXiv numbers without version, URLs without tracking
 * parameters. `undefined` where the text is none, or its check digit is wrong.
 */
export function normaliseIdentifier(text: string): Identifier | undefined {
  const trimmed = text.trim();
  if (trimmed.length < 6 || trimmed.length > longest || control.test(trimmed)) return undefined;
  if (/^https?:\/\//i.test(trimmed)) return fromUrl(trimmed);
  const bare = trimEnd(trimmed, '/');
  for (const { pattern, read } of forms) {
    const match = pattern.exec(bare);
    if (match !== null) return read(match[1]!);
  }
  return undefined;
}

/** Where an identifier leads, for those schemes that have one resolver. */
export function identifierUrl({ scheme, value }: Identifier): string | undefined {
  switch (scheme) {
    case 'doi':
      return `https://doi.org/${pathOf(value)}`;
    case 'handle':
      return `https://hdl.handle.net/${pathOf(value)}`;
    case 'urn':
      return value.startsWith('urn:nbn:') ? `https://nbn-resolving.org/${value}` : undefined;
    case 'issn':
      return `https://portal.issn.org/resource/ISSN/${value}`;
    case 'pmid':
      return `https://pubmed.ncbi.nlm.nih.gov/${value}/`;
    case 'arxiv':
      return `https://arxiv.org/abs/${value}`;
    case 'url':
      return value;
    default:
      return undefined;
  }
}

function pathOf(value: string): string {
  return encodeURI(value).replace(/[?#]/g, encodeURIComponent);
}

interface Form {
  /** Of the whole text; its first group goes to `read`. */
  pattern: RegExp;
  read: (written: string) => Identifier | undefined;
}

/** The first form that fits decides. */
const forms: readonly Form[] = [
  { pattern: /^(?:urn:|info:)?isbn(?:[- ]?1[03])?[\s:/]{0,6}([\d\s\u2010-\u2013x-]{10,30})$/i, read: isbn },
  {
    pattern: /^(?:urn:|info:)?[ep]?-?issn(?:-l)?[^\d]{0,20}(\d{4}[\u2010-\u2013-]?\d{3}[\dx])$/i,
    read: issn,
  },
  {
    pattern: /^(?:urn:doi:|info:doi\/|doi:?\s{0,3}|(?:dx\.|www\.)?doi\.org\/)+(10[.%].{5,})$/i,
    read: (written) => doi(written, false),
  },
  { pattern: /^(10\.\d{4}.{2,})$/, read: (written) => doi(written, false) },
  { pattern: /^(?:info:hdl\/|hdl:\s?|handle:\s?|hdl\.handle\.net\/)(\d.{2,})$/i, read: handle },
  { pattern: /^(?:info:pmid\/|pmid[:/]?\s{0,3})(\d{1,8})$/i, read: pmid },
  { pattern: /^(?:info:)?arxiv[:/]\s?(.{7,40})$/i, read: arxiv },
  { pattern: /^(urn:[a-z0-9][a-z0-9-]{1,31}:.{1,300})$/i, read: urn },
  { pattern: /^(97[89][\d\s\u2010-\u2013-]{10,20})$/, read: isbn },
  { pattern: /^(\d[\d\s\u2010-\u2013-]{8,14}[\dx])$/i, read: isbn10WithHyphens },
  { pattern: /^(\d{4}[\u2010-\u2013-]\d{3}[\dx])$/i, read: bareIssn },
];

function fromUrl(text: string): Identifier | undefined {
  const url = normaliseUrl(trimEnd(text));
  return url === undefined ? undefined : (identifierIn(url) ?? { scheme: 'url', value: url });
}

/** The identifier that an address holds, by the host and by what stands in the path. */
function identifierIn(url: string): Identifier | undefined {
  const [, host = '', rest = ''] =
    /^https?:\/\/(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)(?::\d+)?(.*)$/.exec(url) ?? [];
  if (/^(?:dx\.)?doi\.org$/.test(host)) return doi(rest, true);
  if (host === 'hdl.handle.net') return handle(rest.slice(1));
  if (/^(?:\w+\.)?arxiv\.org$/.test(host)) {
    const number = /^\/(?:abs|pdf|html|format)\/([^?#]{1,40})/.exec(rest)?.[1];
    return number === undefined ? undefined : arxiv(number);
  }
  if (host.endsWith('ncbi.nlm.nih.gov')) {
    const number = /^\/(?:m?pubmed\/)?(\d{1,8})\/?(?:[?#].*)?$/.exec(rest)?.[1];
    return number !== undefined && /pubmed/.test(url) ? pmid(number) : undefined;
  }
  const nbn = /(urn:nbn:[a-z]{2}.{2,300})/i.exec(rest)?.[1];
  if (nbn !== undefined) return urn(nbn.replace(/[?#&].*$/, ''));
  const local = /\/handle\/(\d[\d.]{0,60}\/[^/?#]{1,200})/.exec(rest)?.[1];
  if (local !== undefined) return handle(local);
  // A publisher's page: https://onlinelibrary.wiley.com/doi/full/10.1002/asi.20857?utm_source=x
  const onPage = doiInPath.exec(rest)?.[1];
  return onPage === undefined ? undefined : doi(onPage.replace(pageSuffix, ''), true);
}

const doiInPath = new RegExp(String.raw`\/(${doiPrefix}(?:\/|%2f)[^?#]{1,300})`, 'i');

/** Views of an article that publishers put behind the DOI in their addresses. */
const pageSuffix =
  /(?:\/(?:abstract|full|pdf|epdf|fulltext|full-text|summary|meta|html|references))+\/?$|\.pdf$/i;

const wholeDoi = new RegExp(String.raw`(?<![\d.])${doiPrefix}\/.{1,400}$`, 's');

function doi(written: string, fromUrl: boolean): Identifier | undefined {
  let text = written.includes('%') ? percentDecoded(written) : written;
  // In a URL, a DOI's own "?" and "#" would be percent-encoded; in text, only a parameter is cut off.
  text = text.replace(fromUrl && text === written ? /[?#].*$/s : /[?&#](?:utm_|[a-z_]{2,20}=).*$/is, '');
  const match = wholeDoi.exec(text)?.[0];
  if (match === undefined || /\s/.test(match)) return undefined;
  const value = trimEnd(match, '/').toLowerCase();
  return /\/./.test(value) && !/[\ud800-\udfff]/.test(value) ? { scheme: 'doi', value } : undefined;
}

function handle(written: string): Identifier | undefined {
  const decoded = written.includes('%') ? percentDecoded(written) : written;
  const value = trimEnd(decoded.replace(/[?#].*$/s, ''), '/');
  if (!/^\d[\d.]{0,60}\/[^\s\ud800-\udfff]{1,300}$/.test(value)) return undefined;
  // DSpace's factory setting, which thousands of installations share.
  if (value.startsWith('123456789/')) return undefined;
  return /^10\.\d{4,9}\//.test(value) ? doi(value, false) : { scheme: 'handle', value };
}

function urn(written: string): Identifier | undefined {
  // Characters of RFC 8141, without its components behind "?" and "#".
  const parts = /^urn:([a-z0-9-]+):([\w().~+,:=@;$!*'%/&-]+)$/i.exec(trimEnd(written, '/'));
  if (parts === null) return undefined;
  const [, space = '', specific = ''] = parts;
  return { scheme: 'urn', value: `urn:${space.toLowerCase()}:${specific}` };
}

function arxiv(written: string): Identifier | undefined {
  const value = written
    .trim()
    .toLowerCase()
    .replace(/\.pdf$/, '')
    .replace(/v\d{1,3}$/, '');
  const isNew = /^\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}$/.test(value);
  return isNew || (new RegExp(`^${arxivNumber}$`).test(value) && value.includes('/'))
    ? { scheme: 'arxiv', value }
    : undefined;
}

function pmid(written: string): Identifier | undefined {
  const value = written.replace(/^0+/, '');
  return value === '' ? undefined : { scheme: 'pmid', value };
}

function issn(written: string): Identifier | undefined {
  const digits = written.replace(/[^\dXx]/g, '').toUpperCase();
  if (!/^\d{7}[\dX]$/.test(digits) || weightedSum(digits, 8) % 11 !== 0) return undefined;
  return { scheme: 'issn', value: `${digits.slice(0, 4)}-${digits.slice(4)}` };
}

/** Without its label an ISSN looks like a span of years. */
function bareIssn(written: string): Identifier | undefined {
  return /^(?:1[5-9]|20)\d\d.(?:1[5-9]|20)\d\d$/.test(written) ? undefined : issn(written);
}

function isbn(written: string): Identifier | undefined {
  const digits = written.replace(/[^\dXx]/g, '').toUpperCase();
  if (/^97[89]\d{10}$/.test(digits))
    return ean13(digits) === 0 ? { scheme: 'isbn', value: digits } : undefined;
  if (!/^\d{9}[\dX]$/.test(digits) || weightedSum(digits, 10) % 11 !== 0) return undefined;
  const stem = `978${digits.slice(0, 9)}`;
  return { scheme: 'isbn', value: `${stem}${(10 - ean13(`${stem}0`)) % 10}` };
}

/** Ten digits alone are too often something else: a local number, a date and a time. */
function isbn10WithHyphens(written: string): Identifier | undefined {
  return (written.match(/[\s\u2010-\u2013-]/g)?.length ?? 0) === 3 ? isbn(written) : undefined;
}

/** Digits times falling weights, X being ten (ISO 2108 for ISBN-10, ISO 3297). */
function weightedSum(digits: string, firstWeight: number): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    sum += (digits[i] === 'X' ? 10 : Number(digits[i])) * (firstWeight - i);
  }
  return sum;
}

/** 0 where the last of 13 digits checks the others. */
function ean13(digits: string): number {
  let sum = 0;
  for (let i = 0; i < 13; i += 1) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return sum % 10;
}

const tracking = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|_ga|_gl|igshid)$/i;

/** An address that the URL parser leaves as it is; parsing takes twenty times as long. */
const plainly = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}\/(?:[\w~+,=@!$()*.-]+\/)*[\w~+,=@!$()*.-]*$/;

/** An address as the URL standard writes it, without tracking parameters and session; `undefined` where it is none. */
export function normaliseUrl(text: string): string | undefined {
  if (plainly.test(text) && !/\/\.{1,2}(?:\/|$)/.test(text)) return text;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  for (const name of Array.from(url.searchParams.keys()))
    if (tracking.test(name)) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, '');
  return trimEnd(url.href);
}

/** Leaves out punctuation of the sentence around, and brackets that were not opened within. */
function trimEnd(text: string, more = ''): string {
  let end = text.length;
  const unopened = new Map<string, number>();
  for (const [close, open] of brackets) unopened.set(close, count(text, close) - count(text, open));
  for (; end > 0; end -= 1) {
    const last = text[end - 1]!;
    if (/[\s.,;:!?'"’”»*]/.test(last) || last === more) continue;
    const surplus = unopened.get(last) ?? 0;
    if (surplus <= 0) break;
    unopened.set(last, surplus - 1);
  }
  return text.slice(0, end);
}

const brackets = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

function count(text: string, character: string): number {
  let total = 0;
  for (let i = text.indexOf(character); i >= 0; i = text.indexOf(character, i + 1)) total += 1;
  return total;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `doi:10.1000/182`: a scheme and a value as one text, for keys and for showing. */
export function identifierText({ scheme, value }: Identifier): string {
  return scheme === 'url' || scheme === 'urn' ? value : `${scheme}:${value}`;
}
