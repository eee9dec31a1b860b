import type { Level, Requirement } from '../../../assessment/index.ts';
import { counting } from '../counting.ts';

const n = counting('en');

/** What the pages about metadata profiles say, in English; what the rules say is in English everywhere. */
export const metadataAssessment = {
  names: {
    rioxx: 'Metadata by RIOXX',
    openaire: 'Metadata by the OpenAIRE guidelines',
    'plan-s': 'What Plan S asks of records',
  },
  ledes: {
    rioxx:
      'RIOXX is a metadata profile for research papers, by which funders see whether their conditions are met. Every record of this institution is held against it.',
    openaire:
      'The OpenAIRE Guidelines for Literature Repository Managers say which metadata OpenAIRE needs of a repository. Every record of this institution is held against them.',
    'plan-s':
      'Plan S asks of repositories what their records have to show. Every record of this institution is held against it.',
  },
  levels: { basic: 'Basic', full: 'Full' } satisfies Record<Level, string>,
  choices: 'Versions and levels',
  described: 'The profile itself',
  records: 'Records held against it',
  meeting: 'Records that meet it',
  share: 'Share',
  percent: (percent: string) => `${percent}%`,
  noRecords: 'There are no records yet.',
  rules: 'What is asked, and how many records have it',
  element: 'Element',
  asked: 'What is asked',
  requirement: 'Requirement',
  requirements: {
    mandatory: 'mandatory',
    applicable: 'mandatory where it applies',
    recommended: 'recommended',
    optional: 'optional',
  } satisfies Record<Requirement, string>,
  aside: 'for information',
  of: (count: string, all: string) => `${count} of ${all}`,
  inapplicable: 'applies to no record',
  failing: (count: number) => n(count, 'record fails', 'records fail'),
  failingTitle: 'Records that fail',
  failingWhole: 'Records that do not meet the whole',
  noneFailing: 'No record fails.',
  table: 'Results of every record, as a table (CSV)',
  failingTable: 'These records, as a table (CSV)',
  resultOf: 'The results of this record',
  whole: {
    passed: 'This record meets all that decides.',
    failed: 'This record does not meet all that decides.',
  },
};
