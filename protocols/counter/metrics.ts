/**
 * How often something was used: the four metrics of items (CoP 5.1, section 3.3.4). A request is an investigation, too; what is
 * unique is counted once a session.
 */
export interface Metrics {
  /** Times that the item's page or its content was looked at, double clicks once (section 7.2). */
  totalInvestigations: number;
  /** Sessions in which the item was looked at (section 7.3). */
  uniqueInvestigations: number;
  /** Times that the item's content was asked for. */
  totalRequests: number;
  /** Sessions in which its content was asked for. */
  uniqueRequests: number;
}

/** In the order in which they are shown, stored and signed. */
export const metricNames = [
  'totalInvestigations',
  'uniqueInvestigations',
  'totalRequests',
  'uniqueRequests',
] as const satisfies readonly (keyof Metrics)[];
export type MetricName = (typeof metricNames)[number];

/** What COUNTER calls them: their Metric_Types. */
export const counterNames: Readonly<Record<MetricName, string>> = {
  totalInvestigations: 'Total_Item_Investigations',
  uniqueInvestigations: 'Unique_Item_Investigations',
  totalRequests: 'Total_Item_Requests',
  uniqueRequests: 'Unique_Item_Requests',
};

export const noUse: Readonly<Metrics> = {
  totalInvestigations: 0,
  uniqueInvestigations: 0,
  totalRequests: 0,
  uniqueRequests: 0,
};

export function sumOf(a: Metrics, b: Metrics): Metrics {
  return {
    totalInvestigations: a.totalInvestigations + b.totalInvestigations,
    uniqueInvestigations: a.uniqueInvestigations + b.uniqueInvestigations,
    totalRequests: a.totalRequests + b.totalRequests,
    uniqueRequests: a.uniqueRequests + b.uniqueRequests,
  };
}

/** The four in order. */
export type MetricsTuple = readonly [number, number, number, number];

export function metricsToTuple(metrics: Metrics): MetricsTuple {
  return [
    metrics.totalInvestigations,
    metrics.uniqueInvestigations,
    metrics.totalRequests,
    metrics.uniqueRequests,
  ];
}

export function metricsOfTuple(tuple: MetricsTuple): Metrics {
  const [totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests] = tuple;
  return { totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests };
}
