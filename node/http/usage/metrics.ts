import type { Metrics } from '../../analysis/usage/index.ts';

/** The metrics of items of COUNTER 5.1, §3.3.4, in the order in which they are shown. */
export const metricNames = [
  'totalInvestigations',
  'uniqueInvestigations',
  'totalRequests',
  'uniqueRequests',
] as const satisfies readonly (keyof Metrics)[];
export type MetricName = (typeof metricNames)[number];

/** What COUNTER calls them. */
export const counterNames: Readonly<Record<MetricName, string>> = {
  totalInvestigations: 'Total_Item_Investigations',
  uniqueInvestigations: 'Unique_Item_Investigations',
  totalRequests: 'Total_Item_Requests',
  uniqueRequests: 'Unique_Item_Requests',
};

export function sumOf(all: Iterable<Metrics>): Metrics {
  const sum = { totalInvestigations: 0, uniqueInvestigations: 0, totalRequests: 0, uniqueRequests: 0 };
  for (const one of all) for (const name of metricNames) sum[name] += one[name];
  return sum;
}

/** The one without the other, and never less than nought: both are read one after the other. */
export function without(all: Metrics, part: Metrics): Metrics {
  const rest = { ...all };
  for (const name of metricNames) rest[name] = Math.max(0, all[name] - part[name]);
  return rest;
}
