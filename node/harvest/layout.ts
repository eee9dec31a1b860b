/**
 * The harvest's keys, in its own section of the store. `<source>` is the source's name, percent-encoded.
 *
 *     s!<source>                           where its harvest stands (`StoredState`, DAG-CBOR)
 *     e!<source>!<number>                  how one of its latest harvests ended (`HarvestSummary`, DAG-CBOR); twelve digits
 *     r!<source>!<OAI identifier>          it has that record; number of the harvest that saw it last, in digits
 *     i!<rank>!<source>!<code>!<hash>      an issue (`IssueRow`, DAG-CBOR); rank 0 error, 1 warning, 2 info
 *     p!<source>!<book>!<subject>          what is wrong with one thing (`OpenProblems`, DAG-CBOR)
 *     h!<source>!<record's hash>!<file's>  the host that the file should lie on and that does not exist
 *     n!<source>!<host>                    how many such files the host has, in digits
 *     c!<source>!<book>                    how many issues are open (`OpenCounts`, DAG-CBOR)
 *
 * A `book` is `h`, the harvest's, `d`, that of the documents, or `u`, that of the logs of use. A `subject` is `r<hash>` a record, `r<hash>!<hash>` a part
 * of one, `p<page>` a page of the full list, `p<page> of <harvest>` of another, `l<hash>` a list as a whole,
 * `s<hash>` the source as a whole, `o<hash>` a host of files.
 *
 * A page's `s` and `r` are written in one batch, after its records are in the catalogue; its `i`, `p` and `c` in one before,
 * which a page that is read again writes once more.
 */

/** The character after the separator: every key with a prefix `x!` lies before `x"`. */
const AFTER_SEPARATOR = '"';

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

const RUN_DIGITS = 12;
const runPrefix = (source: string): string => `e!${encoded(source)}!`;
export const runKey = (source: string, number: number): string =>
  runPrefix(source) + String(number).padStart(RUN_DIGITS, '0');
export const runRange = (source: string): Range => startingWith(runPrefix(source));
export const numberOfRunKey = (key: string): number => Number(key.slice(-RUN_DIGITS));

const seenPrefix = (source: string): string => `r!${encoded(source)}!`;
export const seenKey = (source: string, oaiIdentifier: string): string => seenPrefix(source) + oaiIdentifier;
export const seenRange = (source: string): Range => startingWith(seenPrefix(source));
export const identifierOfSeenKey = (source: string, key: string): string =>
  key.slice(seenPrefix(source).length);

export const issueKey = (rank: number, source: string, code: string, hash: string): string =>
  `i!${rank}!${encoded(source)}!${code}!${hash}`;
/** Issues of a rank and source, or of one code among them. */
export const issueRange = (rank: number, source: string, code?: string): Range =>
  startingWith(`i!${rank}!${encoded(source)}!${code === undefined ? '' : `${code}!`}`);
/** Rank and code, `2!NAME_INVERTED`. */
export const kindOfIssueKey = (key: string): string => {
  const [, rank = '', , code = ''] = key.split('!', 4);
  return `${rank}!${code}`;
};
export const idOfIssueKey = (key: string): string => key.slice(2);
export const issueKeyOfId = (id: string): string => `i!${id}`;

/** Whose book an issue stands in: the harvest's, that of the documents, or that of the logs of use. */
export type BookName = 'h' | 'd' | 'u';
export const books: readonly BookName[] = ['h', 'd', 'u'];

const subjectPrefix = (source: string, book: BookName): string => `p!${encoded(source)}!${book}!`;
export const subjectKey = (source: string, book: BookName, subject: string): string =>
  subjectPrefix(source, book) + subject;
/** Every subject whose name begins with some text: all pages, one record with its parts. */
export const subjectRange = (source: string, book: BookName, start: string): { gte: string; lt: string } => ({
  gte: subjectPrefix(source, book) + start,
  lt: `${subjectPrefix(source, book)}${start}\uffff`,
});
export const subjectOfKey = (source: string, book: BookName, key: string): string =>
  key.slice(subjectPrefix(source, book).length);

export const countsKey = (source: string, book: BookName): string => `c!${encoded(source)}!${book}`;
export const countsRange: Range = startingWith('c!');
export const sourceOfCountsKey = (key: string): string => decodeURIComponent(key.slice(2, -2));
const hostlessPrefix = (source: string): string => `h!${encoded(source)}!`;
/** @param record its hash; @param file its hash */
export const hostlessKey = (source: string, record: string, file: string): string =>
  `${hostlessPrefix(source)}${record}!${file}`;
/** The files of one record. */
export const hostlessRange = (source: string, record: string): Range =>
  startingWith(`${hostlessPrefix(source)}${record}!`);
export const hostCountKey = (source: string, host: string): string =>
  `n!${encoded(source)}!${encodeURIComponent(host)}`;

/** All that is known of a source's issues, but for the issues themselves. */
export const booksRanges = (source: string): Range[] => [
  startingWith(`p!${encoded(source)}!`),
  startingWith(`c!${encoded(source)}!`),
  startingWith(hostlessPrefix(source)),
  startingWith(`n!${encoded(source)}!`),
];
