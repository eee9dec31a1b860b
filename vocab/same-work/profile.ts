import type { Record as NgrRecord } from '../record.ts';
import { blockOf, contradictingDois, isIdentifier, matchKeys, yearOf, type MatchKey } from './match-keys.ts';
import { authorForms, type AuthorForms } from './surnames.ts';

/** All of a record that is compared, by the block in which each key meets others. It depends on the record alone. */
export interface Profile {
  keys: ReadonlyMap<string, MatchKey>;
  authors: AuthorForms;
  dois: { own: readonly string[]; published: string | undefined };
}

export function profileOf(record: NgrRecord): Profile {
  return {
    keys: byBlock(matchKeys(record)),
    authors: authorForms(record),
    dois: contradictingDois(record),
  };
}

/** Of two keys in one block (spaced differently) the one with the whole title stands. */
export function byBlock(keys: readonly MatchKey[]): Map<string, MatchKey> {
  const blocks = new Map<string, MatchKey>();
  for (const key of keys) if (key.whole || !blocks.has(blockOf(key))) blocks.set(blockOf(key), key);
  return blocks;
}

/**
 * Whether the key of the block, which both records have, joins them.
 *
 * - An identifier of a work joins by itself.
 * - A title joins where at least one of the two records has it as its whole title ("X" meets "X: a study", but
 *   "X: part one" does not meet "X: part two"). With an ISBN nothing more is needed. With the year, the first author of
 *   one record has to be among the authors of the other: repositories list authors in different orders.
 * - A title does not join records whose DOIs contradict one another: no DOI in common, and either two published DOIs
 *   or, on both sides, a DOI of the record's own. A record's own DOI and another's published DOI do not contradict: one
 *   may name the deposited version, the other the published one.
 *
 * It is the same whichever way round, and depends on nothing but the two.
 */
export function joins(block: string, a: Profile, b: Profile): boolean {
  const keyOfA = a.keys.get(block);
  const keyOfB = b.keys.get(block);
  if (keyOfA === undefined || keyOfB === undefined) return false;
  if (isIdentifier(keyOfA)) return true;
  if (!keyOfA.whole && !keyOfB.whole) return false;
  if (contradict(a.dois, b.dois)) return false;
  return keyOfA.text.startsWith('isbn+') || sharedAuthor(a, b) !== undefined;
}

/** What joins the two, in words: identifiers as they are, titles with author and year. */
export function evidenceInWords(block: string, a: Profile, b: Profile): string {
  const text = a.keys.get(block)?.text ?? block;
  const prefix = 'title+year:';
  if (!text.startsWith(prefix)) return text;
  const slash = text.lastIndexOf('/');
  const year = yearOf(text.slice(slash + 1));
  const title = year === undefined ? text.slice(prefix.length) : text.slice(prefix.length, slash);
  return `title+author+year:${[title, sharedAuthor(a, b), year].filter((part) => part !== undefined).join('/')}`;
}

function sharedAuthor(a: Profile, b: Profile): string | undefined {
  return (
    a.authors.first.find((form) => b.authors.all.includes(form)) ??
    b.authors.first.find((form) => a.authors.all.includes(form))
  );
}

function contradict(a: Profile['dois'], b: Profile['dois']): boolean {
  const ofB = new Set([...b.own, b.published]);
  if ([...a.own, a.published].some((doi) => doi !== undefined && ofB.has(doi))) return false;
  return (a.published !== undefined && b.published !== undefined) || (a.own.length > 0 && b.own.length > 0);
}
