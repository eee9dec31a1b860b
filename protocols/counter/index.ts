/** COUNTER usage reports, releases 5.1 and 5: what may be asked for, and how it is answered. Pure: no clock, no store. */
export type { CountedItem, CountedItems, PlatformUse } from './counted-items.ts';
export { exceptionJson, exceptionStatus, type CounterException } from './exceptions.ts';
export { isWanted } from './filters.ts';
export type { ReportHeader } from './header.ts';
export { describeItem, type ReportItem } from './item.ts';
export type { ItemReference } from './item-reference.ts';
export {
  counterNames,
  metricNames,
  metricsOfTuple,
  metricsToTuple,
  noUse,
  sumOf,
  type MetricName,
  type Metrics,
  type MetricsTuple,
} from './metrics.ts';
export { daysIn, endOf, lastDay, monthAt, monthsBetween, monthsLater, type Month } from './months.ts';
export { performanceOf, type MonthOfUse } from './performance.ts';
export { valueOf } from './period.ts';
export { releasePaths, type Release } from './release.ts';
export { itemReportJson, platformReportJson } from './report-json.ts';
export { itemReportTable, platformReportTable, type TableFormat } from './report-table.ts';
export { reportIds, reportNamed, reportsOf, type ReportDefinition } from './reports.ts';
export { readReportRequest, shows, valuesOf, type ReportRequest } from './request.ts';
export { membersJson, namespaceOf, reportListJson, statusJson, THE_WORLD } from './service.ts';
