export { UsageError } from './errors.ts';
export type { ItemCount } from './item-counts.ts';
export type { Counts } from './layout.ts';
export type { OutOfProportion } from './proportion.ts';
export type { ApartTotal, MonthTotal, NodeTotal, UsageTotals } from './totals.ts';
export { Usage, type Hit, type MonthCounts } from './usage.ts';
