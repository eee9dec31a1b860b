export { HarvestError } from './errors.ts';
export { Harvester, type HarvesterOptions } from './harvester.ts';
export { type HarvestIssue, type IssuePlace, severities, type Severity } from './issue.ts';
export type { IssueCounts } from './issue-store.ts';
export type {
  HarvestCounts,
  HarvestFailure,
  HarvestKind,
  HarvestProgress,
  HarvestSummary,
  SourceState,
} from './progress.ts';
