import type { Profile } from '../rule.ts';
import { description, funding, planSRules as rules } from '../rules/index.ts';

/**
 * What Plan S asks of a repository that single records show: Part III, “Technical Guidance and Requirements”, section 2, in its
 * version of 2019. What is mandatory for repositories decides over a record; what is strongly recommended stands beside.
 */
export const planSRecords: Profile = {
  id: 'plan-s-2019',
  name: 'Plan S',
  described: 'https://www.coalition-s.org/technical-guidance_and_requirements/',
  decides: { full: ['mandatory', 'applicable'] },
  demands: [
    { element: 'identifiers', cardinality: '1..n', requirement: 'mandatory', rule: rules.depositIdentifier },
    { element: 'description', cardinality: '1', requirement: 'mandatory', rule: rules.described },
    {
      element: 'publishedDoi',
      cardinality: '1',
      requirement: 'applicable',
      rule: rules.publicationIdentifier,
    },
    { element: 'version', cardinality: '1', requirement: 'applicable', rule: rules.depositedVersion },
    { element: 'access, licence', cardinality: '1', requirement: 'applicable', rule: rules.licenceAndAccess },
    { element: 'funding', cardinality: '0..n', requirement: 'applicable', rule: funding.complete },
    { element: 'files/format', cardinality: '0..n', requirement: 'recommended', rule: rules.fullTextFormat },
    {
      element: 'creators/orcid',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: description.creatorIdentifier,
    },
    {
      element: 'funding/funderId',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: funding.funderIdentifier,
    },
    {
      element: 'creators/ror',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: rules.institutionIdentifier,
    },
    { element: 'references', cardinality: '0..n', requirement: 'recommended', rule: rules.openReferences },
    {
      element: 'identifiers',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: rules.authoritative,
    },
  ],
};
