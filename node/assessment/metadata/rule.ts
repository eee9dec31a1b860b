import type { Record } from '../../../vocab/record.ts';
import type { Outcome } from '../verdict.ts';

/** What a rule says of one record (EARL 1.0, `earl:OutcomeValue`). */
export type RuleOutcome = Exclude<Outcome, 'untested'>;

/** One thing that can be asked of a record's metadata; several profiles may ask it, each of its own element. */
export interface Rule {
  /** Stable: it stands in addresses, exports and the store. */
  readonly id: string;
  /** What is so where a record passes. In English, as `remedy` is. */
  readonly title: string;
  /** What whoever looks after the repository does about records that fail. */
  readonly remedy: string;
  check(record: Record): RuleOutcome;
}

/** How strictly a profile asks, as its pages put it; the first three decide over records, `optional` is for information. */
const REQUIREMENTS = ['mandatory', 'applicable', 'recommended', 'optional'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

export const LEVELS = ['basic', 'full'] as const;
export type Level = (typeof LEVELS)[number];

/** What a profile asks of one element. */
interface Demand {
  /** By its qualified name, `dc:title`. */
  readonly element: string;
  /** How often the element may be there, as the profile writes it: `1`, `0..1`, `0..n`, `1..n`. */
  readonly cardinality: string;
  /** Where the two levels do not ask alike, each. */
  readonly requirement: Requirement | Readonly<{ [level in Level]: Requirement }>;
  readonly rule: Rule;
}

/** An application profile, or guidelines that have one. */
export interface Profile {
  /** `rioxx-3.0`. */
  readonly id: string;
  readonly name: string;
  /** Where the profile is described. */
  readonly described: string;
  /** Which of its demands a record has to meet, by level. */
  readonly decides: { readonly [level in Level]?: readonly Requirement[] };
  readonly demands: readonly Demand[];
}

/** What one level of a profile asks: the rules by which a record passes or fails it, and those beside. */
export interface RuleSet {
  /** `rioxx-3.0-basic`; the profile's own id where it has no levels. Told apart from rules by its digits. */
  readonly id: string;
  readonly profile: Profile;
  readonly level: Level;
  readonly demands: readonly LevelDemand[];
}

/** What a profile asks of one element at one level. */
interface LevelDemand extends Omit<Demand, 'requirement'> {
  readonly requirement: Requirement;
  /** Whether a record that fails it does not meet the whole. */
  readonly isDecisive: boolean;
}

/** A profile's rule sets, one a level. */
export function ruleSetsOf(profile: Profile): RuleSet[] {
  const levels = LEVELS.filter((level) => profile.decides[level] !== undefined);
  return levels.map((level) => ({
    id: levels.length === 1 ? profile.id : `${profile.id}-${level}`,
    profile,
    level,
    demands: profile.demands.map((demand) => {
      const { requirement: asked } = demand;
      const requirement = typeof asked === 'string' ? asked : asked[level];
      return { ...demand, requirement, isDecisive: profile.decides[level]?.includes(requirement) === true };
    }),
  }));
}

/** Whether a record meets a whole rule set: it fails none of the rules that decide. */
export function outcomeOf(ruleSet: RuleSet, outcomes: ReadonlyMap<string, RuleOutcome>): RuleOutcome {
  const fails = ruleSet.demands.some(
    ({ rule, isDecisive }) => isDecisive && outcomes.get(rule.id) === 'failed',
  );
  return fails ? 'failed' : 'passed';
}

export function passedIf(is: boolean): RuleOutcome {
  return is ? 'passed' : 'failed';
}
