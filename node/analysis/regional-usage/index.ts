export { RegionalUsageError } from './errors.ts';
export type { ItemDescription, OwnMonth, OwnUsage } from './own-usage.ts';
export type { OutOfProportion } from './proportion.ts';
export { RegionalUsage, type SummaryState } from './regional-usage.ts';
export {
  totalsBy,
  type Apart,
  type Coverage,
  type MonthCoverage,
  type NodeCoverage,
  type NodeFacts,
  type SummaryFilter,
  type TotalRow,
  type TotalsBy,
  type TotalsQuery,
  type UsageTotals,
  type WorkTotals,
  type WorkUsage,
} from './totals-query.ts';
