export { counts, recordUsageDocument, typeUri, usageDocument } from './document.ts';
export { counterNames, metricNames, sumOf, without, type MetricName } from './metrics.ts';
export { PageViews } from './page-views.ts';
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
export type { OwnUse, RegionalUse, ToldUsage } from './sources.ts';
export {
  shownBy,
  summariesDocument,
  summariesTable,
  summaryDocument,
  summaryItem,
  summaryLines,
  worksDocument,
  worksTable,
  type ShownSummary,
} from './summary-documents.ts';
export { usageTable } from './tables.ts';
