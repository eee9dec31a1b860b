import { access, description, funding, publication } from '../rules/index.ts';
import type { Profile } from '../rule.ts';

/**
 * OpenAIRE Guidelines for Literature, institutional, and thematic Repositories, v4.0, application profile: a record meets them
 * where it has the fields that are mandatory (M), and those that are mandatory if applicable (MA) as far as the record
 * itself tells that they apply. Recommended fields (R) are shown beside. Coverage, size, places, conferences and audience have
 * no place in the node's records and are not judged.
 */
export const openaire4: Profile = {
  id: 'openaire-4.0',
  name: 'OpenAIRE 4.0',
  described:
    'https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/application_profile.html',
  decides: { full: ['mandatory', 'applicable'] },
  demands: [
    { element: 'datacite:title', cardinality: '1..n', requirement: 'mandatory', rule: description.title },
    { element: 'datacite:creator', cardinality: '1..n', requirement: 'mandatory', rule: description.creator },
    {
      element: 'datacite:date[@dateType="Issued"]',
      cardinality: '1',
      requirement: 'mandatory',
      rule: publication.date,
    },
    { element: 'oaire:resourceType', cardinality: '1', requirement: 'mandatory', rule: description.type },
    {
      element: 'datacite:identifier',
      cardinality: '1',
      requirement: 'mandatory',
      rule: access.resourceIdentifier,
    },
    { element: 'datacite:rights', cardinality: '1', requirement: 'mandatory', rule: access.right },
    {
      element: 'datacite:contributor',
      cardinality: '0..n',
      requirement: 'applicable',
      rule: description.contributor,
    },
    {
      element: 'oaire:fundingReference/oaire:funderName',
      cardinality: '0..n',
      requirement: 'applicable',
      rule: funding.funderName,
    },
    {
      element: 'oaire:fundingReference/oaire:awardNumber',
      cardinality: '0..n',
      requirement: 'applicable',
      rule: funding.complete,
    },
    {
      element: 'datacite:date[@dateType="Available"]',
      cardinality: '0..2',
      requirement: 'applicable',
      rule: access.embargo,
    },
    { element: 'dc:language', cardinality: '0..n', requirement: 'applicable', rule: description.language },
    { element: 'dc:publisher', cardinality: '0..n', requirement: 'applicable', rule: publication.publisher },
    { element: 'dc:description', cardinality: '0..n', requirement: 'applicable', rule: description.abstract },
    {
      element: 'datacite:subject',
      cardinality: '0..n',
      requirement: 'applicable',
      rule: description.subject,
    },
    { element: 'oaire:file', cardinality: '0..n', requirement: 'applicable', rule: access.file },
    {
      element: 'datacite:creator/datacite:nameIdentifier',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: description.creatorIdentifier,
    },
    {
      element: 'datacite:alternateIdentifier',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: access.alternative,
    },
    {
      element: 'datacite:relatedIdentifier',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: publication.related,
    },
    { element: 'dc:format', cardinality: '0..n', requirement: 'recommended', rule: access.format },
    {
      element: 'oaire:citationTitle',
      cardinality: '0..1',
      requirement: 'recommended',
      rule: publication.source,
    },
    {
      element: 'oaire:licenseCondition',
      cardinality: '0..1',
      requirement: 'recommended',
      rule: access.licence,
    },
    { element: 'oaire:version', cardinality: '0..1', requirement: 'recommended', rule: publication.version },
    {
      element: 'oaire:fundingReference/oaire:funderIdentifier',
      cardinality: '0..1',
      requirement: 'recommended',
      rule: funding.funderIdentifier,
    },
  ],
};
