import { createHash } from 'node:crypto';
import type { Record as NgrRecord } from '../record.ts';
import { firstCharacters } from './folding.ts';
import { titleForms } from './title-forms.ts';

/** Something two records may have in common that speaks for their being the same work. */
export interface MatchKey {
  /** In words: `doi:10.1/x`, `isbn+title:9780…/title`, `title+year:title/2016`. */
  text: string;
  /** False where the title in it lacks its subtitle. */
  whole: boolean;
}

const MAX_IDENTIFIERS = 16;
const MAX_ISBNS = 4;
const MAX_KEY_LENGTH = 200;
const SHORT_KEY_LENGTH = 160;

const arxivDoi = /^10\.48550\/arxiv\./;
const arxivVersion = /v\d+$/;

/**
 * The keys under which a record meets others: its identifiers of one work (DOI, published DOI, arXiv, PubMed, Handle),
 * its ISBNs together with a title (a book's chapters share them), and its titles with their year.
 * ISSNs and URLs tell of no single work. An arXiv DOI (10.48550/arXiv.…) is the arXiv identifier it is made of.
 */
export function matchKeys(record: NgrRecord): MatchKey[] {
  const keys = new Map<string, MatchKey>();
  const add = (text: string, whole: boolean): void => {
    const short = shorten(text);
    if (whole || !keys.has(short)) keys.set(short, { text: short, whole });
  };
  for (const text of workIdentifiers(record)) add(text, true);
  const forms = titleForms(record.titles);
  for (const { value } of record.identifiers.filter(({ scheme }) => scheme === 'isbn').slice(0, MAX_ISBNS))
    for (const { words, whole } of forms) add(`isbn+title:${value}/${words}`, whole);
  const year = yearOf(record.published);
  if (year !== undefined) for (const { words, whole } of forms) add(`title+year:${words}/${year}`, whole);
  return [...keys.values()];
}

function workIdentifiers(record: NgrRecord): string[] {
  const found = record.publishedDoi === undefined ? [] : [doiKey(record.publishedDoi)];
  for (const { scheme, value } of record.identifiers) {
    if (found.length >= MAX_IDENTIFIERS) break;
    if (scheme === 'doi') found.push(doiKey(value));
    if (scheme === 'arxiv') found.push(arxivKey(value));
    if (scheme === 'pmid' || scheme === 'handle') found.push(`${scheme}:${value.toLowerCase()}`);
  }
  return found;
}

function doiKey(doi: string): string {
  const lower = doi.toLowerCase();
  return arxivDoi.test(lower) ? arxivKey(lower.replace(arxivDoi, '')) : `doi:${lower}`;
}

/** Versions of an arXiv paper are one work: `2101.00001v2` and `2101.00001` are the same. */
function arxivKey(id: string): string {
  return `arxiv:${id
    .toLowerCase()
    .replace(/^arxiv:/, '')
    .replace(arxivVersion, '')}`;
}

/** The block in which all records with the key lie: spaces do not count, so that "e-print" meets "eprint". */
function blockOf(key: MatchKey): string {
  return key.text.replaceAll(' ', '');
}

/** Of two keys in one block (spaced differently) the one with the whole title stands. */
export function byBlock(keys: readonly MatchKey[]): Map<string, MatchKey> {
  const blocks = new Map<string, MatchKey>();
  for (const key of keys) if (key.whole || !blocks.has(blockOf(key))) blocks.set(blockOf(key), key);
  return blocks;
}

function yearOf(published: string | undefined): string | undefined {
  return published === undefined ? undefined : /^\d{4}(?=$|-)/.exec(published)?.[0];
}

function shorten(text: string): string {
  const compact = text.replaceAll(' ', '');
  if (compact.length <= MAX_KEY_LENGTH) return text;
  const hash = createHash('sha256').update(compact).digest('hex').slice(0, 32);
  return `${firstCharacters(compact, SHORT_KEY_LENGTH)}#${hash}`;
}
