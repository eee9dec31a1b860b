import type { OaiPage } from '../../../../protocols/oai-pmh/index.ts';

/** How far a list has come, by the datestamps of its records, in milliseconds since 1970. */
export interface Reach {
  records: number;
  low: number;
  high: number;
  /** Records dated before `high`; absent where the list is not in order of datestamps. */
  below?: number;
  /** Records of the whole list, as the repository says. */
  size?: number;
}

/** The reach behind one more page of the list. */
export function reachBehind(
  before: Reach | undefined,
  { records, completeListSize }: OaiPage,
): Reach | undefined {
  const stamps = records.map(({ header }) => Date.parse(header.datestamp));
  const [first] = stamps;
  if (first === undefined) return before;
  const reach: Reach =
    before === undefined ? { records: 0, low: first, high: first, below: 0 } : { ...before };
  for (const stamp of stamps) {
    if (stamp < reach.high) delete reach.below;
    if (stamp > reach.high && reach.below !== undefined) reach.below = reach.records;
    reach.low = Math.min(reach.low, stamp);
    reach.high = Math.max(reach.high, stamp);
    reach.records += 1;
  }
  if (completeListSize !== undefined) reach.size = completeListSize;
  return reach;
}
