import { statedElements, surveyedInstitutions } from '../../../vocab/oa-policy/index.ts';
import { comparePolicies, type Comparison } from '../../policy/index.ts';
import type { HttpParts } from '../parts.ts';

/** Whom the institution's policy is held against: the survey of the framework, the network, or its part in one's country. */
export const POLICY_GROUPS = ['network', 'country', 'survey'] as const;
export type PolicyGroup = (typeof POLICY_GROUPS)[number];

/** How the institution's policy compares with those of a group, as far as they are known. */
export function compareWith(
  group: PolicyGroup,
  { policies, federation, site }: Pick<HttpParts, 'policies' | 'federation' | 'site'>,
): Comparison {
  const own = policies.own?.policy;
  if (group === 'survey')
    return comparePolicies(own, {
      name: group,
      stated: surveyedInstitutions.map(({ elements }) => elements),
    });
  const here = new Set(
    federation
      .peers()
      .filter(({ country }) => country === site.location?.country)
      .map(({ node }) => node),
  );
  const stated = [...policies.others]
    .filter(([node]) => group === 'network' || here.has(node))
    .map(([, { policy }]) => statedElements(policy));
  return comparePolicies(own, { name: group, stated });
}

/** The groups that there is something of, the closest first. */
export function groupsToCompare({ policies, site }: Pick<HttpParts, 'policies' | 'site'>): PolicyGroup[] {
  return POLICY_GROUPS.filter((group) => {
    if (group === 'survey') return true;
    return policies.others.size > 0 && (group === 'network' || site.location !== undefined);
  });
}
