/**
 * The keys of the section of the counting. Nobody can be found by what lies here: of a user there is a hash, made with a
 * key of the day, and both are gone when the day is closed.
 *
 *     d!<day>                                 what is known of the day (`DayState`, DAG-CBOR)
 *     l!<day>!<generation>!<part>!<number>    rows of the day's ledger (rows.ts), `-` for the part where they are not parted yet
 *     lk!<day>!<generation>                   the key of the day's hashes, 16 bytes
 *     lx!<day>!<generation>                   that ledger is closed; its rows are still to be wiped from the disk
 *     b!<day>!<part>                          what a part of the day comes to (`Counts`), with the number up to which it is counted
 *     t!<day>                                 what the day comes to, without items
 *     h!<month>                               what the month comes to, without items, and its version
 *     m!<month>!<page>                        the items of a month, 256 pages by the beginning of their key (`ItemCounts`)
 *     k!<record>                              number of an item: its page, and 24 bits that count up within it
 *     n!<number>                              key of the item
 *     i!                                      the id by which the records' keys are made, where the node had another one before
 *
 * Days are `YYYY-MM-DD`, months `YYYY-MM`, both in UTC; parts are one hex digit of the user's hash; generations go up
 * when a day is given anew; other numbers are 8 hex digits.
 */

export interface Range {
  gt: string;
  lt: string;
}

const END = '~';
export const PARTS = 16;
export const PAGES = 256;
/** In place of a part: rows of all parts, that came a few at a time. */
export const UNPARTED = '-';

const hex8 = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');
const hex2 = (n: number): string => n.toString(16).padStart(2, '0');
const under = (prefix: string): Range => ({ gt: prefix, lt: `${prefix}${END}` });
export const lastOf = (key: string): string => key.slice(key.lastIndexOf('!') + 1);

export const NODE_KEY = 'i!';

export const stateKey = (day: string): string => `d!${day}`;
export const allStates = under('d!');

const ledgerPrefix = (day: string, generation: number): string => `l!${day}!${hex8(generation)}!`;
export const partName = (part: number): string => part.toString(16);
export const blockKey = (day: string, generation: number, part: string, n: number): string =>
  `${ledgerPrefix(day, generation)}${part}!${hex8(n)}`;
export const blocksOf = (day: string, generation: number, part: string): Range =>
  under(`${ledgerPrefix(day, generation)}${part}!`);
export const allBlocks = under('l!');
export const ledgerRange = (day: string, generation: number): Range => under(ledgerPrefix(day, generation));
export const numberOfBlock = (key: string): number => Number.parseInt(lastOf(key), 16);
export const partOfBlock = (key: string): string => key.slice(0, key.lastIndexOf('!')).slice(-1);

export const saltKey = (day: string, generation: number): string => `lk!${day}!${hex8(generation)}`;
export const wipeKey = (day: string, generation: number): string => `lx!${day}!${hex8(generation)}`;
export const allSalts = under('lk!');
export const allWipes = under('lx!');
/** Everything by which users could be told apart lies in here. */
export const ALL_LEDGERS: Range = { gt: 'l', lt: 'm' };

/** The day and generation that a salt or wipe is of. */
export function ledgerOf(key: string): { day: string; generation: number } {
  const [, day = '', generation = ''] = key.split('!');
  return { day, generation: Number.parseInt(generation, 16) };
}

export const partKey = (day: string, part: number): string => `b!${day}!${partName(part)}`;
export const partsOf = (day: string): Range => under(`b!${day}!`);
export const allParts = under('b!');
export const dayTotalKey = (day: string): string => `t!${day}`;
export const dayTotals = (from: string, to: string): { gte: string; lte: string } => ({
  gte: dayTotalKey(from),
  lte: dayTotalKey(to),
});
export const monthTotalKey = (month: string): string => `h!${month}`;
export const allMonths = under('h!');
export const pageKey = (month: string, page: number): string => `m!${month}!${hex2(page)}`;

export const numberKeyOf = (record: string): string => `k!${record}`;
export const allNumbers = under('k!');
export const recordKeyOf = (number: number): string => `n!${hex8(number)}`;
export const recordsOfPage = (page: number): Range => under(`n!${hex2(page)}`);
export const numberOfRecordKey = (key: string): number => Number.parseInt(lastOf(key), 16);
