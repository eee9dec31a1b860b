/** What is said of an item that is suggested with a record: that it does not belong there. */
export interface Opinion {
  /** The key of the record. */
  record: string;
  /** The key of the item that is suggested with it. */
  item: string;
  /** Readers who said so. */
  votes: number;
  /** Whose word keeps the item from being suggested; absent as long as it is suggested. */
  leftOutBy?: 'readers' | 'manager';
  /** Of the last vote, or of the manager's word: milliseconds since 1970. */
  at: number;
}

/** Names an opinion, and sorts by record. */
export const pairOf = (record: string, item: string): string => `${record}!${item}`;
