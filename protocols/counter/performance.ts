import type { Month } from './months.ts';

/** How an item was used in a month (CoP 5.1, section 3.3.4). */
export interface ItemMetrics {
  totalInvestigations: number;
  uniqueInvestigations: number;
  totalRequests: number;
  uniqueRequests: number;
}

export interface MonthOfUse {
  month: Month;
  metrics: ItemMetrics;
}

/** Counts of one Metric_Type by month: none of them zero (CoP 5.1, section 3.3.9). */
export interface Performance {
  metric: string;
  counts: readonly (readonly [month: Month, count: number])[];
}

const kept: Readonly<Record<string, keyof ItemMetrics>> = {
  Total_Item_Investigations: 'totalInvestigations',
  Total_Item_Requests: 'totalRequests',
  Unique_Item_Investigations: 'uniqueInvestigations',
  Unique_Item_Requests: 'uniqueRequests',
};

/** What was counted of these Metric_Types: empty where it is nothing. */
export function performanceOf(months: readonly MonthOfUse[], metrics: readonly string[]): Performance[] {
  const found: Performance[] = [];
  for (const metric of metrics) {
    const name = kept[metric];
    if (name === undefined) continue;
    const counts: [Month, number][] = [];
    for (const { month, metrics: of } of months) if (of[name] > 0) counts.push([month, of[name]]);
    if (counts.length > 0) found.push({ metric, counts });
  }
  return found;
}

export function totalOf({ counts }: Performance): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
