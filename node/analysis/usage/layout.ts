/**
 * The keys of the usage section. Nothing here tells of a person: what identifies one stays in memory (`DoubleClicks`).
 *
 *     m!<month>!<record>    counts of one item in one month (`Counts`, DAG-CBOR)
 *     i!<record>            counts of one item over all time
 *     t!<month>             counts of all items in one month
 *     n!                    the id by which the records' keys are made, where the node had another one before
 *     s!<node>!<month>      the latest summary known of that node and month, as its node signed it (`SummaryTuple`)
 *     d!<node>              what the operator has decided of that node's usage (`Decision`, DAG-CBOR)
 */
import * as dagCbor from '@ipld/dag-cbor';

/** Total_Item_Investigations and Total_Item_Requests of COUNTER 5.1 (§3.3.4): a request is an investigation too. */
export interface Counts {
  investigations: number;
  requests: number;
}

const END = '~';

export const NODE_KEY = 'n!';
export const itemMonthKey = (month: string, record: string): string => `m!${month}!${record}`;
export const itemKey = (record: string): string => `i!${record}`;
export const monthKey = (month: string): string => `t!${month}`;
export const summaryKey = (node: string, month: string): string => `s!${node}!${month}`;

export const itemMonthRange = (month: string): { gt: string; lt: string } => ({
  gt: itemMonthKey(month, ''),
  lt: itemMonthKey(month, END),
});
export const itemRange = { gt: itemKey(''), lt: itemKey(END) };
export const allMonthsRange = { gt: 'm!', lt: `m!${END}` };
export const monthRange = { gt: monthKey(''), lt: monthKey(END) };
export const summaryRange = { gt: 's!', lt: `s!${END}` };
export const summariesOfNode = (node: string): { gt: string; lt: string } => ({
  gt: summaryKey(node, ''),
  lt: summaryKey(node, END),
});

export const decisionKey = (node: string): string => `d!${node}`;
export const decisionRange = { gt: decisionKey(''), lt: decisionKey(END) };
export const nodeOfDecisionKey = (key: string): string => key.slice(decisionKey('').length);

export const recordOfItemMonthKey = (key: string): string => key.slice(key.lastIndexOf('!') + 1);
/** What a row counts: an item over all time, or in one month. */
export function itemOfRow(row: string): { month?: string; key: string } {
  const [kind, first = '', second = ''] = row.split('!');
  return kind === 'i' ? { key: first } : { month: first, key: second };
}

export const monthOfMonthKey = (key: string): string => key.slice(monthKey('').length);
export const nodeOfSummaryKey = (key: string): string => key.slice('s!'.length, key.lastIndexOf('!'));

export function encodeCounts({ investigations, requests }: Counts): Uint8Array {
  return dagCbor.encode([investigations, requests]);
}

export function decodeCounts(bytes: Uint8Array | undefined): Counts {
  if (bytes === undefined) return { investigations: 0, requests: 0 };
  const [investigations, requests] = dagCbor.decode<[number, number]>(bytes);
  return { investigations, requests };
}

/** What the operator has said of a node's usage. */
export interface Decision {
  word: 'accepted' | 'refused';
  /** The most investigations of a month that there were when it was said. */
  upTo: number;
  /** Milliseconds since 1970. */
  time: number;
}

export function encodeDecision({ word, upTo, time }: Decision): Uint8Array {
  return dagCbor.encode([word, upTo, time]);
}

export function decodeDecision(bytes: Uint8Array): Decision {
  const [word, upTo, time] = dagCbor.decode<[Decision['word'], number, number]>(bytes);
  return { word, upTo, time };
}

export function sum(a: Counts, b: Counts): Counts {
  return { investigations: a.investigations + b.investigations, requests: a.requests + b.requests };
}

/** The calendar month of a time, in UTC, as `2026-11`. */
export function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 'YYYY-MM'.length);
}
