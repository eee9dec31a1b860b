import type { Record } from '../../record.ts';
import { element } from '../../xml/index.ts';
import { wrapped } from '../wrapped.ts';

/**
 * Funding references, DataCite's and OpenAIRE's alike (Metadata Schema 4.6, property 19). A reference must name its
 * funder; awards of a funder that is not known are left out.
 */
export function fundingXml({ funding }: Record, prefix: '' | 'oaire:'): string {
  const references = funding.map(({ funder, funderId, award }) => {
    if (funder === undefined) return '';
    const type = { funderIdentifierType: registryOf(funderId ?? '') };
    return wrapped(`${prefix}fundingReference`, [
      element(`${prefix}funderName`, {}, funder),
      funderId === undefined ? '' : element(`${prefix}funderIdentifier`, type, funderId),
      award === undefined ? '' : element(`${prefix}awardNumber`, {}, award),
    ]);
  });
  return wrapped(`${prefix}fundingReferences`, references);
}

function registryOf(funderId: string): string {
  if (funderId.includes('/10.13039/')) return 'Crossref Funder ID';
  return funderId.startsWith('https://ror.org/') ? 'ROR' : 'Other';
}
