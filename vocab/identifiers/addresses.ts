import type { Identifier } from '../record.ts';
import { arxiv, doi, doiPrefix, handle, pmcid, pmid, urn } from './schemes.ts';
import { issn } from './standard-numbers.ts';
import { trimEnd } from './trim-end.ts';

const tracking =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|mc_[ce]id|mkt_tok|_ga|_gl|_hsenc|_hsmi|igshid|phpsessid|jsessionid)$/i;

/** An address that the URL parser leaves as it is; parsing takes twenty times as long. */
const plainly = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}\/(?:[\w~+,=@!$()*.-]+\/)*[\w~+,=@!$()*.-]*$/;

/** A scheme that was mistyped or written twice: "http//", "http:\\", "https:://", "http://https://". */
const misspeltScheme = /^(?:https?[:/\\]{1,6}\s?)?(https?)(?::{1,3}[/\\]{1,4}|[/\\]{2,4}|:)\s?(?=[a-z0-9[])/i;

/**
 * An address as the URL standard writes it, without tracking parameters, session and password; `undefined` where it is none.
 */
export function normaliseUrl(text: string): string | undefined {
  if (plainly.test(text) && !/\/\.{1,2}(?:\/|$)/.test(text)) return text;
  const spelt = text.replace(misspeltScheme, (_, scheme: string) => `${scheme.toLowerCase()}://`);
  if (!/^https?:\/\//i.test(spelt) || !URL.canParse(spelt)) return undefined;
  const url = new URL(spelt);
  for (const name of Array.from(url.searchParams.keys()))
    if (tracking.test(name)) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, '');
  url.username = '';
  url.password = '';
  return trimEnd(url.href);
}

/** Whether a text is meant to be an address, well-formed or not. */
export function isAddress(text: string): boolean {
  return /^(?:https?[:/\\]|www\.[a-z0-9-]{2,63}\.[a-z])/i.test(text);
}

export function fromAddress(text: string): Identifier | undefined {
  const written = text.replace(/^www\./i, 'http://www.').replace(/doi\.org:\s?(?=10\.)/i, 'doi.org/');
  const url = normaliseUrl(trimEnd(written));
  if (url === undefined) return undefined;
  const identifier = identifierIn(url);
  if (identifier !== undefined) return identifier;
  return isDeadEnd(url) ? undefined : { scheme: 'url', value: url };
}

/** A resolver's address with half a DOI, or with a Handle that nobody has registered. */
function isDeadEnd(url: string): boolean {
  return /^https?:\/\/(?:(?:dx\.)?doi\.org\/10\.\d{4,9}\/?$|hdl\.handle\.net\/123456789\/)/.test(url);
}

/** What stands in the paths of sites that name works by an identifier; its first group goes to `read`. */
const sites: readonly {
  host: RegExp;
  path: RegExp;
  read: (written: string) => Identifier | undefined;
}[] = [
  { host: /^(?:dx\.)?doi\.org$/, path: /^(.*)$/, read: (written) => doi(written, true) },
  { host: /^hdl\.handle\.net$/, path: /^\/(.*)$/, read: handle },
  { host: /^(?:\w+\.)?arxiv\.org$/, path: /^\/(?:abs|pdf|html|format)\/([^?#]{1,40})/, read: arxiv },
  { host: /^pubmed\.ncbi\.nlm\.nih\.gov$/, path: /^\/(\d{1,8})(?=[/?#]|$)/, read: pmid },
  { host: /ncbi\.nlm\.nih\.gov$/, path: /^\/m?pubmed\/(?:\?term=)?(\d{1,8})(?=[/?#]|$)/, read: pmid },
  { host: /ncbi\.nlm\.nih\.gov$/, path: /^\/(?:pmc\/)?articles\/PMC(\d{1,9})/i, read: pmcid },
  { host: /^europepmc\.org$/, path: /^\/(?:article|abstract)\/med\/(\d{1,8})(?=[/?#]|$)/i, read: pmid },
  { host: /^europepmc\.org$/, path: /^\/articles?\/(?:pmc\/)?PMC(\d{1,9})/i, read: pmcid },
  { host: /^portal\.issn\.org$/, path: /^\/resource\/ISSN\/(\d{4}-\d{3}[\dX])/i, read: issn },
  { host: /./, path: /(urn:nbn:[a-z]{2}[^?#&]{2,300})/i, read: urn },
  { host: /./, path: /\/handle\/(\d[\d.]{0,60}\/[^/?#]{1,200})/, read: handle },
  // A publisher's page: https://onlinelibrary.wiley.com/doi/full/10.1002/asi.20857?utm_source=x
  {
    host: /./,
    path: new RegExp(String.raw`\/(${doiPrefix}(?:\/|%2f)[^?#]{1,300})`, 'i'),
    read: (written) => doi(written.replace(pageSuffix, ''), true),
  },
];

/** Views of an article that publishers put behind the DOI in their addresses. */
const pageSuffix =
  /(?:\/(?:abstract|full|pdf|epdf|pdfdirect|fulltext|full-text|summary|meta|html|references|issuetoc))+\/?$|\.pdf$/i;

/** The identifier that an address holds, by the host and by what stands in the path. */
function identifierIn(url: string): Identifier | undefined {
  const [, host = '', rest = ''] = /^https?:\/\/(?:www\.)?([^/?#:]+)(?::\d+)?(.*)$/.exec(url) ?? [];
  for (const site of sites) {
    const written = site.host.test(host) ? site.path.exec(rest)?.[1] : undefined;
    const identifier = written === undefined ? undefined : site.read(written);
    if (identifier !== undefined) return identifier;
  }
  return undefined;
}
