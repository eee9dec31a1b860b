/**
 * The harvest's keys, in its own section of the store. `<source>` is the source's name, percent-encoded.
 *
 *     s!<source>                           where its harvest stands (`StoredState`, DAG-CBOR)
 *     r!<source>!<OAI identifier>          it has that record; number of the harvest that saw it last, in digits
 *     i!<rank>!<source>!<code>!<hash>      an issue (`IssueRow`, DAG-CBOR); rank 0 error, 1 warning, 2 info
 *     o!<source>                           issues that are counted only, for want of room (three numbers, DAG-CBOR)
 *
 * A page's `s`, `r` and `i` are written in one batch, after its records are in the catalogue.
 */

/** The character after the separator: every key with a prefix `x!` lies before `x"`. */
const AFTER_SEPARATOR = '"';

/** One more than any rank. */
const RANKS = 3;

export interface Range {
  gt: string;
  lt: string;
}

/** All keys that begin with some text, which ends in the separator. */
function startingWith(prefix: string): Range {
  return { gt: prefix, lt: prefix.slice(0, -1) + AFTER_SEPARATOR };
}

function encoded(source: string): string {
  return encodeURIComponent(source).replaceAll('!', '%21');
}

export const stateKey = (source: string): string => `s!${encoded(source)}`;
export const stateRange: Range = startingWith('s!');
export const sourceOfStateKey = (key: string): string => decodeURIComponent(key.slice(2));

const seenPrefix = (source: string): string => `r!${encoded(source)}!`;
export const seenKey = (source: string, oaiIdentifier: string): string => seenPrefix(source) + oaiIdentifier;
export const seenRange = (source: string): Range => startingWith(seenPrefix(source));
export const identifierOfSeenKey = (source: string, key: string): string =>
  key.slice(seenPrefix(source).length);

export const issueKey = (rank: number, source: string, code: string, hash: string): string =>
  `i!${rank}!${encoded(source)}!${code}!${hash}`;
/** Issues of one rank, or all: by rank, then source, then code. */
export const issueRange = (rank?: number): Range => startingWith(rank === undefined ? 'i!' : `i!${rank}!`);
export const issueRangesOf = (source: string): Range[] =>
  Array.from({ length: RANKS }, (_, rank) => startingWith(`i!${rank}!${encoded(source)}!`));
export const rankOfIssueKey = (key: string): number => Number(key.charAt(2));

export const overflowKey = (source: string): string => `o!${encoded(source)}`;
export const overflowRange: Range = startingWith('o!');
