/**
 * The keys of the usage section. Nothing here tells of a person: what identifies one stays in memory (`DoubleClicks`).
 *
 *     m!<month>!<record>    counts of one item in one month (`Counts`, DAG-CBOR)
 *     i!<record>            counts of one item over all time
 *     t!<month>             counts of all items in one month
 *     s!<node>!<month>      the latest summary known of that node and month, as its node signed it (`SummaryTuple`)
 */
import * as dagCbor from '@ipld/dag-cbor';

/** Total_Item_Investigations and Total_Item_Requests of COUNTER 5.1 (§3.3.4): a request is an investigation too. */
export interface Counts {
  investigations: number;
  requests: number;
}

const END = '~';

export const itemMonthKey = (month: string, record: string): string => `m!${month}!${record}`;
export const itemKey = (record: string): string => `i!${record}`;
export const monthKey = (month: string): string => `t!${month}`;
export const summaryKey = (node: string, month: string): string => `s!${node}!${month}`;

export const itemMonthRange = (month: string): { gt: string; lt: string } => ({
  gt: itemMonthKey(month, ''),
  lt: itemMonthKey(month, END),
});
export const monthRange = { gt: monthKey(''), lt: monthKey(END) };
export const summaryRange = { gt: 's!', lt: `s!${END}` };
export const summariesOfNode = (node: string): { gt: string; lt: string } => ({
  gt: summaryKey(node, ''),
  lt: summaryKey(node, END),
});

export const recordOfItemMonthKey = (key: string): string => key.slice(key.lastIndexOf('!') + 1);
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

export function sum(a: Counts, b: Counts): Counts {
  return { investigations: a.investigations + b.investigations, requests: a.requests + b.requests };
}

/** The calendar month of a time, in UTC, as `2026-11`. */
export function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 'YYYY-MM'.length);
}
