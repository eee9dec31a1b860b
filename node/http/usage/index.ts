export { counts, recordUsageDocument, typeUri, usageDocument } from './document.ts';
export { counterNames, metricNames, sumOf, without, type MetricName } from './metrics.ts';
export { periodParameters, periodQuery, type AskedPeriod, type Period } from './period.ts';
export { RecordUses, type RecordUse } from './record-uses.ts';
export {
  UseReports,
  type ApartUse,
  type NetworkMonth,
  type UsedItem,
  type UseOf,
  type UseReport,
} from './report.ts';
export type { OwnUse, RegionalUse } from './sources.ts';
export { usageTable, usageTables, type UsageTable } from './tables.ts';
