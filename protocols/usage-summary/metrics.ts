import type { Metrics } from '../counter/index.ts';

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
