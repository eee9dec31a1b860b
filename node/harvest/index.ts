export { DocumentIssues } from './issues/document-issues.ts';
export { HarvestError } from './errors.ts';
export { Extractor, forgetFullTexts, FullTexts, type FullTextsOptions } from './full-text/index.ts';
export { Harvester, type HarvesterOptions } from './harvester.ts';
export {
  type IssueKind,
  issueKind,
  issueKinds,
  type IssueSubject,
  issueSubjects,
} from './issues/kinds/index.ts';
export {
  type BeforeAndAfter,
  type HarvestIssue,
  type IssuePlace,
  severities,
  type Severity,
} from './issues/issue.ts';
export type { IssueCounts, IssueFilter, SourceKindCount } from './issues/issue-store.ts';
export { RUNS_KEPT } from './past-runs.ts';
export { noCounts } from './progress.ts';
export type {
  HarvestCounts,
  HarvestFailure,
  HarvestKind,
  HarvestProgress,
  HarvestSummary,
  SourceState,
} from './progress.ts';
export { extractReferences, parseReference } from './references/index.ts';
export { issueCsvHead, issueCsvLine, type ToldIssue, toldIssue } from './issues/told-issue.ts';
export { LanguageThread } from './language-thread/index.ts';
export { type Stage, stagesWith } from './stages/index.ts';
export { UsageIssues } from './issues/usage-issues.ts';
