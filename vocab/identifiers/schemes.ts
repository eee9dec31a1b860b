import type { Identifier } from '../record.ts';
import { percentDecoded, trimEnd } from './trim-end.ts';

/** Prefix of a DOI (ISO 26324), with the registrant's subdivisions. */
export const doiPrefix = String.raw`10\.\d{4,9}(?:\.\d{1,9}){0,3}`;
export const arxivNumber = String.raw`(?:\d{4}\.\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,10})?(?:\.[a-z]{2})?\/\d{7})`;

const wholeDoi = new RegExp(String.raw`(?<![\d.])${doiPrefix}\/.{1,400}$`, 's');

/** What copying brings along: hyphens that typesetters put, and characters that nobody sees. */
const copiedHyphen = /[\u2010-\u2015\u2212]/g;
const unseen = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** In lower case, without what belongs to the sentence or the address around it. */
export function doi(written: string, fromUrl: boolean): Identifier | undefined {
  let text = percentDecoded(written).replace(copiedHyphen, '-').replace(unseen, '').trim();
  // In a URL, a DOI's own "?" and "#" would be percent-encoded; in text, only a parameter is cut off.
  text = text.replace(
    fromUrl && !written.includes('%') ? /[?#].*$/s : /[?&#](?:utm_|[a-z_]{2,20}=).*$/is,
    '',
  );
  text = text.replace(/;jsessionid.*$|\s*\[doi\]$/is, '');
  // Only Wiley's old ones have angle brackets: elsewhere a tag begins.
  if (!/\(sici\)/i.test(text)) text = text.replace(/[<>"].*$/s, '');
  const match = wholeDoi.exec(text)?.[0];
  if (match === undefined || /\s/.test(match)) return undefined;
  const value = trimEnd(match, '/').toLowerCase();
  return /\/./.test(value) && !/[\ud800-\udfff]/.test(value) ? { scheme: 'doi', value } : undefined;
}

/** DSpace's factory setting, which thousands of installations share. */
export const sharedHandlePrefix = '123456789/';

export function handle(written: string): Identifier | undefined {
  const value = trimEnd(percentDecoded(written).replace(/[?#].*$/s, ''), '/');
  if (!/^\d[\d.]{0,60}\/[^\s\ud800-\udfff]{1,300}$/.test(value)) return undefined;
  if (value.startsWith(sharedHandlePrefix)) return undefined;
  return /^10\.\d{4,9}\//.test(value) ? doi(value, false) : { scheme: 'handle', value };
}

/** Characters of RFC 8141, without its components behind "?" and "#"; the namespace in lower case. */
export function urn(written: string): Identifier | undefined {
  const parts = /^urn:([a-z0-9-]+):([\w().~+,:=@;$!*'%/&-]+)$/i.exec(trimEnd(written, '/'));
  if (parts === null) return undefined;
  const [, space = '', specific = ''] = parts;
  return { scheme: 'urn', value: `urn:${space.toLowerCase()}:${specific}` };
}

/** Of both kinds (since 2007 `1706.03762`, before that `hep-th/9901001`), without version. */
export function arxiv(written: string): Identifier | undefined {
  const value = written
    .trim()
    .toLowerCase()
    .replace(/\s*\[[a-z.-]{2,20}\]$/, '')
    .replace(/\.pdf$/, '')
    .replace(/v\d{1,3}$/, '');
  const isNew = /^\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}$/.test(value);
  return isNew || (new RegExp(`^${arxivNumber}$`).test(value) && value.includes('/'))
    ? { scheme: 'arxiv', value }
    : undefined;
}

export function pmid(written: string): Identifier | undefined {
  const value = written.replace(/^0+/, '');
  return value === '' ? undefined : { scheme: 'pmid', value };
}

/** Records have no scheme for PubMed Central: its page stands for it. */
export function pmcid(written: string): Identifier {
  return {
    scheme: 'url',
    value: `https://www.ncbi.nlm.nih.gov/pmc/articles/PMC${written.replace(/^0+/, '')}/`,
  };
}
