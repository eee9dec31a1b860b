/** One for each first byte of an identifier's hash. */
export const PAGES = 256;
/** More items than any repository has used in a month. */
export const MOST_ITEMS = 1_000_000;
export const MOST_IDENTIFIERS = 3;
/** Of all pages; what a million items of two or three identifiers take. */
export const MAX_WORKS_BYTES = 40 * 1024 * 1024;
/** A hash, and five numbers of 32 bits. */
const LONGEST_ROW = 32;
const LONGEST_HEAD = 5;
/** Works of so many items are no longer: what is longer is none that a node counted, and is not to be fetched. */
export function longestWorks(items: number): number {
  return items * MOST_IDENTIFIERS * LONGEST_ROW + PAGES * LONGEST_HEAD;
}
/** Twice what an even spread makes of the most bytes: hashes spread evenly. */
export const MAX_PAGE_BYTES = 320 * 1024;
/** Of one item in one month, of each metric. */
export const MAX_ITEM_COUNT = 0xffff_ffff;
