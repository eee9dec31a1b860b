/** The requirements of Plan S for repositories, held against what the node sees and what the institution says. */
export {
  declarationSchema,
  declarationsSchema,
  type Declaration,
  type Declarations,
  type Maintenance,
} from './declaration.ts';
export { Declared } from './declared.ts';
export type {
  CriterionResult,
  Evidence,
  InstitutionFacts,
  PlanSOutcome,
  RequirementResult,
} from './judgement.ts';
export { Offers } from './offers.ts';
export { PlanS, type PlanSReport } from './plan-s.ts';
export {
  CRITERIA,
  DECLARABLE,
  REQUIREMENTS_OF_PLAN_S,
  type CriterionId,
  type RequirementId,
  type Weight,
} from './requirements.ts';
