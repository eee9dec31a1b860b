import type { Identifier } from '../record.ts';
import { fromAddress, isAddress } from './addresses.ts';
import { arxiv, doi, handle, pmcid, pmid, urn } from './schemes.ts';
import { bareIssn, isbn, isbn10WithHyphens, issn } from './standard-numbers.ts';
import { trimEnd } from './trim-end.ts';

/** Longer than any honest identifier. */
const longest = 2000;

// oxlint-disable-next-line no-control-regex
const control = /[\x00-\x1f\x7f-\x9f]/;

interface Form {
  /** Of the whole text; its first group goes to `read`. */
  pattern: RegExp;
  read: (written: string) => Identifier | undefined;
}

/** "(print)", "(pbk.)", behind the numbers of books and serials. */
const medium = String.raw`(?:\s{0,3}[([][^()[\]]{1,40}[)\]])?`;

/** The first form that fits decides. */
const forms: readonly Form[] = [
  {
    pattern: new RegExp(
      String.raw`^(?:urn:|info:)?(?:e-?)?isbn(?:[- ]?1[03])?${medium}[\s:/]{0,6}([\d\s\u2010-\u2013x-]{10,30}?)${medium}$`,
      'i',
    ),
    read: isbn,
  },
  {
    pattern: new RegExp(
      String.raw`^(?:urn:|info:)?[ep]?-?issn(?:-l)?[^\d]{0,20}(\d{4}[\u2010-\u2013-]?\d{3}[\dx])${medium}$`,
      'i',
    ),
    read: issn,
  },
  {
    pattern:
      /^(?:urn:doi:|info:doi\/|doi[:=]?\s{0,3}|https?:\/\/|(?:dx\.|www\.)?doi\.org[/:]\s?)+(10[.%].{5,})$/i,
    read: (written) => doi(written, false),
  },
  { pattern: /^(10\.\d{4}.{2,})$/, read: (written) => doi(written, false) },
  { pattern: /^(?:info:hdl\/|hdl:\s?|handle:\s?|hdl\.handle\.net\/)(\d.{2,})$/i, read: handle },
  { pattern: /^(?:info:pmid\/|pmid[:/]?\s{0,3}|pubmed:\s?)(\d{1,8})$/i, read: pmid },
  { pattern: /^(?:pmc(?:id)?[:/]?\s{0,3})?PMC(\d{1,9})$/i, read: pmcid },
  { pattern: /^(?:info:|https?:\/\/)?(?:arxiv[:/]\s?|arxiv\.org\/abs\/)(.{7,60})$/i, read: arxiv },
  { pattern: /^(urn:[a-z0-9][a-z0-9-]{1,31}:.{1,300})$/i, read: urn },
  { pattern: new RegExp(String.raw`^(97[89][\d\s\u2010-\u2013-]{10,20}?)${medium}$`), read: isbn },
  {
    pattern: new RegExp(String.raw`^(\d[\d\s\u2010-\u2013-]{8,14}[\dx])${medium}$`, 'i'),
    read: isbn10WithHyphens,
  },
  { pattern: new RegExp(String.raw`^(\d{4}[\u2010-\u2013-]\d{3}[\dx])${medium}$`, 'i'), read: bareIssn },
];

/**
 * A text that is one identifier, in any of the forms in use, brought to one form: DOIs in lower case and without
 * resolver, ISBNs with 13 digits, ISSNs as `1234-567X`, arXiv numbers without version, URLs without tracking
 * parameters. `undefined` where the text is none, or its check digit is wrong (`refusalOf`).
 */
export function normaliseIdentifier(text: string): Identifier | undefined {
  const trimmed = text.trim();
  if (trimmed.length < 6 || trimmed.length > longest || control.test(trimmed)) return undefined;
  if (isAddress(trimmed)) return fromAddress(trimmed);
  const bare = trimEnd(trimmed, '/');
  for (const { pattern, read } of forms) {
    const match = pattern.exec(bare) ?? (bare === trimmed ? null : pattern.exec(trimmed));
    if (match !== null) return read(match[1]!);
  }
  return undefined;
}
