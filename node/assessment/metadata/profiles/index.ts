import { ruleSetsOf, type RuleSet } from '../rule.ts';
import { openaire4 } from './openaire-4.ts';
import { planSRecords } from './plan-s-2019.ts';
import { rioxx2 } from './rioxx-2.ts';
import { rioxx3 } from './rioxx-3.ts';

/** Every rule set that there is. */
export const RULE_SETS: readonly RuleSet[] = [rioxx2, rioxx3, openaire4, planSRecords].flatMap(ruleSetsOf);
