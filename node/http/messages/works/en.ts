import { evidence } from './evidence/en.ts';

/** What is said of works and of what joins their records, in English. */
export const works = {
  kinds: {
    single: 'Only one record describes this work.',
    copies: 'These records describe copies of the same version.',
    versions: 'These records describe versions of the same work.',
    editions: 'These records describe editions of the same work that were published apart.',
  },
  stages: {
    published: 'Published version',
    proof: 'Proof',
    accepted: 'Accepted manuscript',
    unknown: 'Version not stated',
    submitted: 'Submitted manuscript',
    draft: 'Draft',
  },
  best: {
    title: 'Best open copy',
    none: 'No copy that anybody can read is known.',
    read: 'Read it',
    record: 'To the record',
    noLicence: 'no licence stated',
    reachable: 'the file has been fetched',
    untried: 'the file has not been checked',
  },
  identifier: 'Identifier of the work:',
  evidence,
  statements: {
    title: 'What this institution says of duplicates',
    text: 'Where the computed works are wrong, the manager of this node says so. These are statements of this node only.',
    none: 'Nothing has been said.',
    same: 'These records are of the same work:',
    different: 'These records are not of the same work:',
    by: (day: string) => `Said by the repository manager on ${day}`,
    all: 'What this institution says of them',
    next: 'More',
  },
};
