import type { Identifier, Record as NgrRecord } from '../record.ts';

const MOST = 16;
const MOST_LETTERS = 160;
const arxivDoi = /^10\.48550\/arxiv\./;
const arxivVersion = /v\d+$/;

/** The identifiers of a record by which works are told apart, each as `scheme:value`. */
export interface WorkIdentifiers {
  /** Of the item itself: DOI, arXiv, PubMed, Handle. */
  own: readonly string[];
  /** The DOI of the published work. */
  published?: string;
  isbns: readonly string[];
}

export function workIdentifiers({
  identifiers,
  publishedDoi,
}: Pick<NgrRecord, 'identifiers' | 'publishedDoi'>): WorkIdentifiers {
  const own: string[] = [];
  const isbns: string[] = [];
  const add = (list: string[], key: string): void => {
    if (!list.includes(key)) list.push(key);
  };
  for (const identifier of identifiers.slice(0, 4 * MOST)) {
    if (own.length + isbns.length >= MOST) break;
    const key = identifierKey(identifier);
    if (key !== undefined) add(own, key);
    else if (identifier.scheme === 'isbn') add(isbns, `isbn:${identifier.value.slice(0, MOST_LETTERS)}`);
  }
  return {
    own,
    isbns,
    ...(publishedDoi !== undefined && { published: doiKey(publishedDoi) }),
  };
}

/** `doi:10.1000/xyz`; undefined for what names no single work (ISSN, URL) or a book's chapters, too (ISBN). */
export function identifierKey({ scheme, value }: Identifier): string | undefined {
  if (scheme === 'doi') return doiKey(value);
  if (scheme === 'arxiv') return arxivKey(value);
  if (scheme === 'pmid' || scheme === 'handle')
    return `${scheme}:${value.toLowerCase()}`.slice(0, MOST_LETTERS);
  return undefined;
}

/** An arXiv DOI (10.48550/arXiv.…) is the arXiv identifier it is made of. */
function doiKey(doi: string): string {
  const lower = doi.toLowerCase();
  return arxivDoi.test(lower) ? arxivKey(lower.replace(arxivDoi, '')) : `doi:${lower}`.slice(0, MOST_LETTERS);
}

/** Versions of an arXiv paper are one work: `2101.00001v2` and `2101.00001` are the same. */
function arxivKey(id: string): string {
  const bare = id
    .toLowerCase()
    .replace(/^arxiv:/, '')
    .replace(arxivVersion, '');
  return `arxiv:${bare}`.slice(0, MOST_LETTERS);
}

/**
 * The same identifier · one's own is the other's published DOI · the same ISBN · DOIs of two registrants (a repository
 * gives a deposit its own) · DOIs of one registrant, who tells them apart on purpose · published DOIs that contradict.
 */
export const identifierLevels = [
  'same',
  'as published',
  'same book',
  'other registrant',
  'same registrant',
  'other published',
] as const;
export type IdentifierLevel = (typeof identifierLevels)[number];

export interface IdentifierComparison {
  level: IdentifierLevel;
  of: [string, string];
}

/** Undefined where the identifiers say nothing. */
export function compareIdentifiers(a: WorkIdentifiers, b: WorkIdentifiers): IdentifierComparison | undefined {
  const own = a.own.find((key) => b.own.includes(key));
  if (own !== undefined) return { level: 'same', of: [own, own] };
  const published = publishedInCommon(a, b);
  if (published !== undefined) return { level: 'as published', of: [published, published] };
  if (a.published !== undefined && b.published !== undefined)
    return { level: 'other published', of: [a.published, b.published] };
  const book = a.isbns.find((isbn) => b.isbns.includes(isbn));
  const dois = contradictingDois(a, b);
  if (dois?.level === 'same registrant') return dois;
  if (book !== undefined) return { level: 'same book', of: [book, book] };
  return dois;
}

function publishedInCommon(a: WorkIdentifiers, b: WorkIdentifiers): string | undefined {
  if (a.published !== undefined && (a.published === b.published || b.own.includes(a.published)))
    return a.published;
  return b.published !== undefined && a.own.includes(b.published) ? b.published : undefined;
}

/** DOIs and arXiv identifiers name one thing each, in one series; a record may have several, of several registrants. */
function contradictingDois(a: WorkIdentifiers, b: WorkIdentifiers): IdentifierComparison | undefined {
  let other: IdentifierComparison | undefined;
  for (const one of a.own) {
    const series = seriesOf(one);
    if (series === undefined) continue;
    for (const two of b.own) {
      const second = seriesOf(two);
      if (second === undefined) continue;
      if (series === second) return { level: 'same registrant', of: [one, two] };
      if (series.startsWith('doi:') && second.startsWith('doi:'))
        other ??= { level: 'other registrant', of: [one, two] };
    }
  }
  return other;
}

function seriesOf(key: string): string | undefined {
  if (key.startsWith('doi:')) return key.slice(0, key.indexOf('/') + 1) || key;
  return key.startsWith('arxiv:') || key.startsWith('pmid:') ? key.slice(0, key.indexOf(':') + 1) : undefined;
}
