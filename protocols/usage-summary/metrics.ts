/**
 * How often something was used: the four metrics of items in COUNTER's Code of Practice 5.1 (§3.3.4). A request is an
 * investigation too; what is unique is counted once a session.
 */
export interface Metrics {
  totalInvestigations: number;
  uniqueInvestigations: number;
  totalRequests: number;
  uniqueRequests: number;
}

/** The four in the order in which they are written and signed. */
export type MetricsTuple = readonly [number, number, number, number];

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

export function isWithin(part: Metrics, whole: Metrics): boolean {
  return (
    part.totalInvestigations <= whole.totalInvestigations &&
    part.uniqueInvestigations <= whole.uniqueInvestigations &&
    part.totalRequests <= whole.totalRequests &&
    part.uniqueRequests <= whole.uniqueRequests
  );
}

/** What is unique is no more than all. Requests and investigations are filtered of double clicks each by itself, and say nothing of each other. */
export function isPlausible(metrics: Metrics): boolean {
  return (
    metrics.uniqueInvestigations <= metrics.totalInvestigations &&
    metrics.uniqueRequests <= metrics.totalRequests
  );
}

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
