export { UsageError } from './errors.ts';
export type { ItemCount } from './item-counts.ts';
export type { Counts } from './layout.ts';
export type { MonthTotal, NodeTotal, UsageTotals } from './totals.ts';
export { Usage, type Hit, type MonthCounts } from './usage.ts';
