import { counterNames, metricNames, type Metrics } from './metrics.ts';
import type { Month } from './months.ts';

export interface MonthOfUse {
  month: Month;
  metrics: Metrics;
}

/** Counts of one Metric_Type by month: none of them zero (CoP 5.1, section 3.3.9). */
export interface Performance {
  metric: string;
  counts: readonly (readonly [month: Month, count: number])[];
}

/** What was counted of these Metric_Types: empty where it is nothing. */
export function performanceOf(months: readonly MonthOfUse[], metricTypes: readonly string[]): Performance[] {
  const found: Performance[] = [];
  for (const metric of metricTypes) {
    const name = metricNames.find((one) => counterNames[one] === metric);
    if (name === undefined) continue;
    const counts: [Month, number][] = [];
    for (const { month, metrics } of months) if (metrics[name] > 0) counts.push([month, metrics[name]]);
    if (counts.length > 0) found.push({ metric, counts });
  }
  return found;
}

export function totalOf({ counts }: Performance): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
