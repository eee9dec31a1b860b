import type { Month, MonthOfUse } from '../../../../protocols/counter/index.ts';

/** First and last month, both in it. */
export interface MonthRange {
  from: Month;
  to: Month;
}

/** What the reports need of the counting. */
export interface CounterUsage {
  /** Months with any use, ascending. */
  months(): Promise<readonly { month: Month; days: number; openDays: number }[]>;
  /** The items that were used in these months, by key, each with its months; read as they are asked for. */
  items(range: MonthRange): AsyncIterable<{ key: string; months: readonly MonthOfUse[] }>;
  /** The same of one item: empty where there is none. */
  item(key: string, range: MonthRange): Promise<readonly MonthOfUse[]>;
}
