/** How a group is to measure. */
export interface GroupOptions {
  /** With a tenth of the records where a group takes a million of them. */
  small: boolean;
  /** Numbers of records, for a group that takes several. */
  sizes?: readonly number[];
  /** A folder in which the groups of one run keep what several of them begin with (`made-once.ts`). */
  shared?: string;
}
