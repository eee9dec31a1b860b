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
