/**
 * The keys of the section 'metadata-assessment'.
 *
 *     r!<key>               what the rules and rule sets say of a record: a letter each, `p` passed, `f` failed, `i` inapplicable
 *     f!<criterion>!<key>   a record that fails a rule, or a rule set; the value is empty
 *     c                     how many records there are, and how many pass, fail and are not touched by each (DAG-CBOR)
 *
 * The letters stand in the order of `Judge.criteria`, whose change is another version of the reader.
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

export const failingKey = (criterion: string, key: string): string => `f!${criterion}!${key}`;
export const recordOfFailingKey = (criterion: string, failingKey: string): string =>
  failingKey.slice(criterion.length + 3);
export const failingRange = (criterion: string, after = ''): { gt: string; lt: string } => ({
  gt: failingKey(criterion, after),
  lt: `f!${criterion}!${END}`,
});

const LETTERS: Readonly<{ [outcome in RuleOutcome]: string }> = {
  passed: 'p',
  failed: 'f',
  inapplicable: 'i',
};
const OUTCOMES: ReadonlyMap<string, RuleOutcome> = new Map([
  ['p', 'passed'],
  ['f', 'failed'],
  ['i', 'inapplicable'],
]);

export const encodeOutcomes = (outcomes: Iterable<RuleOutcome>): Uint8Array =>
  Buffer.from([...outcomes].map((outcome) => LETTERS[outcome]).join(''), 'latin1');

export const decodeOutcomes = (bytes: Uint8Array): RuleOutcome[] =>
  Array.from(bytes, (byte) => OUTCOMES.get(String.fromCharCode(byte)) ?? 'inapplicable');

/** How many records pass, fail, and have nothing that the criterion is about. */
export type Tally = { [outcome in RuleOutcome]: number };

export interface StoredCounts {
  records: number;
  tallies: { [criterion: string]: Tally };
}

export const encodeCounts = (counts: StoredCounts): Uint8Array => dagCbor.encode(counts);
export const decodeCounts = (bytes: Uint8Array | undefined): StoredCounts =>
  bytes === undefined ? { records: 0, tallies: {} } : dagCbor.decode<StoredCounts>(bytes);
