import { isWebAddress } from '../item-facts.ts';
import { passedIf, type Rule } from '../rule.ts';
import type { Funding } from '../../../../vocab/record.ts';

/** Who paid, and under which grant. */
export const funding = {
  project: {
    id: 'project',
    title: 'At least one project is given, with its number and its funder.',
    remedy:
      'Enter the grant number and the funder at deposit; for work that the institution paid itself, an internal code and its name.',
    check: (record) => passedIf(record.funding.some(isComplete)),
  },
  complete: {
    id: 'funding-complete',
    title: 'Every grant that is given has its number and its funder.',
    remedy: 'Complete the entries that have a funder without a grant number, or a number without a funder.',
    check: (record) =>
      record.funding.length === 0 ? 'inapplicable' : passedIf(record.funding.every(isComplete)),
  },
  funderName: {
    id: 'funder-name',
    title: 'Every funder is named.',
    remedy: 'Enter the funder’s name beside the grant number or the funder’s identifier.',
    check: (record) =>
      record.funding.length === 0
        ? 'inapplicable'
        : passedIf(record.funding.every(({ funder }) => funder !== undefined)),
  },
  funderIdentifier: {
    id: 'funder-identifier',
    title: 'Every funder has an identifier of the Crossref Funder Registry or of ROR.',
    remedy: 'Export the funder’s identifier as an address, such as https://doi.org/10.13039/501100000266.',
    check: (record) =>
      record.funding.length === 0
        ? 'inapplicable'
        : passedIf(record.funding.every(({ funderId }) => isWebAddress(funderId))),
  },
} as const satisfies Readonly<{ [name: string]: Rule }>;

function isComplete({ funder, funderId, award }: Funding): boolean {
  return (funder !== undefined || funderId !== undefined) && award !== undefined;
}
