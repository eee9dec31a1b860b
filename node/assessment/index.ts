/** What a node does for the lists of demands that repositories are held against, checked by itself from outside. */
export {
  BEHAVIOURS,
  behaviourChecks,
  type Behaviour,
  type BehaviourName,
  type CheckName,
  type Extent,
} from './ngr-behaviours/behaviours.ts';
export { SelfAssessment, type Report, type SelfAssessmentOptions } from './self-assessment.ts';
export { OUTCOMES, type Observation, type Obstacle, type Outcome, type Verdict } from './verdict.ts';
export {
  MetadataAssessment,
  type Outcomes as MetadataOutcomes,
  type Standing,
} from './metadata/metadata-assessment.ts';
export type { Tally } from './metadata/layout.ts';
export { RULE_SETS } from './metadata/profiles/index.ts';
export { LEVELS, type Level, type Requirement, type RuleOutcome, type RuleSet } from './metadata/rule.ts';
export * from './plan-s/index.ts';
export { Probes, shareUp, type Endpoint, type Outage, type ProbedEndpoint } from './probes/index.ts';
