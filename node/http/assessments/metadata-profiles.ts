import { RULE_SETS, type RuleSet } from '../../assessment/index.ts';

/** Profiles of metadata that are told of at one address, in their versions and levels. */
export interface MetadataProfiles {
  readonly name: 'rioxx' | 'openaire' | 'plan-s';
  /** Under the base URL. */
  readonly path: string;
  /** The one that is shown where none is asked for comes first. */
  readonly ruleSets: readonly [RuleSet, ...RuleSet[]];
}

/** What stands for a whole rule set where records that fail are asked for. */
export const WHOLE = 'any';

export const METADATA_PROFILES: readonly MetadataProfiles[] = [
  { name: 'rioxx', path: '/assessments/rioxx', ruleSets: newestFirst('rioxx') },
  { name: 'openaire', path: '/assessments/openaire', ruleSets: newestFirst('openaire') },
];

/** What Plan S asks of single records; beside it stands what it asks of the repository. */
export const PLAN_S_RECORDS: MetadataProfiles = {
  name: 'plan-s',
  path: '/assessments/plan-s/records',
  ruleSets: newestFirst('plan-s'),
};

/** The version of a rule set's profile: `3.0`. */
export function versionOf({ profile }: RuleSet): string {
  return profile.id.slice(profile.id.lastIndexOf('-') + 1);
}

/** By what a rule set is asked for at its address; nothing where there is but one. */
export function parametersOf(
  { ruleSets }: MetadataProfiles,
  ruleSet: RuleSet,
): Readonly<Record<string, string>> {
  return ruleSets.length === 1 ? {} : { version: versionOf(ruleSet), level: ruleSet.level };
}

/** What a list of those that fail is of: the id of a rule, or that of the rule set. */
export function criterionOf(ruleSet: RuleSet, failing: string): string {
  return failing === WHOLE ? ruleSet.id : failing;
}

function newestFirst(family: string): [RuleSet, ...RuleSet[]] {
  const [first, ...others] = RULE_SETS.filter(({ profile }) => profile.id.startsWith(`${family}-`)).toSorted(
    (one, other) => versionOf(other).localeCompare(versionOf(one)),
  );
  if (first === undefined) throw new TypeError(`there is no rule set of ${family}`);
  return [first, ...others];
}
