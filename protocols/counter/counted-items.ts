import type { ReportItem } from './item.ts';
import type { Performance } from './performance.ts';

/** An item that was used, with its counts: never without any. */
export interface CountedItem {
  /** The record's. */
  key: string;
  item: ReportItem;
  performance: readonly Performance[];
}

/** The items of a report, some at a time; they are read as the report is written. */
export interface CountedItems {
  all(): AsyncIterable<readonly CountedItem[]>;
  /** Some of them, in any order; what has no use any more is left out. */
  withKeys(keys: ReadonlySet<string>): AsyncIterable<readonly CountedItem[]>;
}

/** How the platform was used: all of it, or one type of content. */
export interface PlatformUse {
  dataType?: string;
  performance: readonly Performance[];
}
