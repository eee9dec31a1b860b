/** Whether two records are of one work, as the manager says. */
export type Verdict = 'same' | 'different';

/** What this node's manager says of two records, against or beside what is computed. */
export interface Statement {
  /** Their keys, sorted. */
  records: readonly [string, string];
  says: Verdict;
  /** The role in which it was said; never a person. */
  by: 'manager';
  /** Milliseconds since 1970. */
  at: number;
}

/** Sorted, so that it does not matter which record is named first. */
export function inOrder(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}
