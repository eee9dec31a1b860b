import { createHash } from 'node:crypto';
import { RULE_SETS } from './profiles/index.ts';
import { outcomeOf, type Rule, type RuleOutcome, type RuleSet } from './rule.ts';
import type { Record } from '../../../vocab/record.ts';

/** To be raised where a rule comes to judge otherwise, or what is stored of it: every record is judged anew then. */
const JUDGEMENT = 2;

/** Judges records by some rule sets: each rule once, however many profiles ask it, and then each set. */
export class Judge {
  readonly ruleSets: readonly RuleSet[];
  readonly #rules: readonly Rule[];
  /** Ids of the rules, and of the rule sets behind them: whatever a record can pass or fail. */
  readonly criteria: readonly string[];

  constructor(ruleSets: readonly RuleSet[] = RULE_SETS) {
    this.ruleSets = ruleSets;
    const rules = ruleSets.flatMap(({ demands }) => demands.map(({ rule }) => rule));
    this.#rules = [...new Map(rules.map((rule) => [rule.id, rule])).values()];
    this.criteria = [...this.#rules.map(({ id }) => id), ...ruleSets.map(({ id }) => id)];
  }

  /** Another number where anything is asked otherwise than before, up to 48 bits. */
  get version(): number {
    const asked = this.ruleSets.map(({ id, demands }) => [
      id,
      demands.map(({ rule, isDecisive }) => [rule.id, isDecisive]),
    ]);
    const digest = createHash('sha256')
      .update(JSON.stringify([JUDGEMENT, asked]))
      .digest();
    return digest.readUIntBE(0, 6);
  }

  /** By rule and rule set, in the order of `criteria`. */
  outcomesOf(record: Record): Map<string, RuleOutcome> {
    const outcomes = new Map<string, RuleOutcome>();
    for (const rule of this.#rules) outcomes.set(rule.id, rule.check(record));
    for (const ruleSet of this.ruleSets) outcomes.set(ruleSet.id, outcomeOf(ruleSet, outcomes));
    return outcomes;
  }
}
