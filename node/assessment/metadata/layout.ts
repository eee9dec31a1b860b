/**
 * The keys of the section 'metadata-assessment'.
 *
 *     r!<key>               what the rules and rule sets say of a record: a letter each, `p` passed, `f` failed, `i` inapplicable
 *     s!<shelf>             how many of the records whose keys begin so fail each rule and rule set (DAG-CBOR); absent where none fails any
 *     c                     how many records there are, and how many pass, fail and are not touched by each (DAG-CBOR)
 *
 * The letters stand in the order of `Judge.criteria`, whose change is another version of the reader. A row for each failure would
 * be twenty a record in most repositories, at places all over the store: most of what a harvest has the disk write again and
 * again. So who fails is looked for, on the shelves where somebody did.
 */
import * as dagCbor from '@ipld/dag-cbor';
import type { RuleOutcome } from './rule.ts';

const END = '~';

export const COUNTS_KEY = 'c';

export const resultKey = (key: string): string => `r!${key}`;
export const recordOfResultKey = (resultKey: string): string => resultKey.slice(2);
export const resultRange = (after = ''): { gt: string; lt: string } => ({
  gt: resultKey(after),
  lt: `r!${END}`,
});

/** Of a million records there are a thousand on each. */
const SHELF_LENGTH = 2;
export const shelfOf = (key: string): string => key.slice(0, SHELF_LENGTH);
export const shelfKey = (shelf: string): string => `s!${shelf}`;
export const shelfOfKey = (shelfKey: string): string => shelfKey.slice(2);
export const shelvesFrom = (shelf: string): { gte: string; lt: string } => ({
  gte: shelfKey(shelf),
  lt: `s!${END}`,
});
/** The results on a shelf, behind a key. */
export const resultsOnShelf = (shelf: string, after = ''): { gt: string; lt: string } => ({
  gt: resultKey(after > shelf ? after : shelf),
  lt: resultKey(shelf + END),
});

const LETTERS: Readonly<{ [outcome in RuleOutcome]: string }> = {
  passed: 'p',
  failed: 'f',
  inapplicable: 'i',
};
const FAILURE = LETTERS.failed.charCodeAt(0);
const OUTCOMES: ReadonlyMap<string, RuleOutcome> = new Map([
  ['p', 'passed'],
  ['f', 'failed'],
  ['i', 'inapplicable'],
]);

export const encodeOutcomes = (outcomes: Iterable<RuleOutcome>): Uint8Array =>
  Buffer.from([...outcomes].map((outcome) => LETTERS[outcome]).join(''), 'latin1');

export const decodeOutcomes = (bytes: Uint8Array): RuleOutcome[] =>
  Array.from(bytes, (byte) => OUTCOMES.get(String.fromCharCode(byte)) ?? 'inapplicable');

/** Whether the letters of a record have a failure at a place. */
export const isFailure = (letters: Uint8Array, place: number): boolean => letters[place] === FAILURE;

/** How many records of a shelf fail each criterion. */
export const encodeFailures = (failures: readonly number[]): Uint8Array => dagCbor.encode(failures);
export const decodeFailures = (bytes: Uint8Array | undefined): number[] =>
  bytes === undefined ? [] : dagCbor.decode<number[]>(bytes);

/** How many records pass, fail, and have nothing that the criterion is about. */
export type Tally = { [outcome in RuleOutcome]: number };

export interface StoredCounts {
  records: number;
  tallies: { [criterion: string]: Tally };
}

export const encodeCounts = (counts: StoredCounts): Uint8Array => dagCbor.encode(counts);
export const decodeCounts = (bytes: Uint8Array | undefined): StoredCounts =>
  bytes === undefined ? { records: 0, tallies: {} } : dagCbor.decode<StoredCounts>(bytes);
