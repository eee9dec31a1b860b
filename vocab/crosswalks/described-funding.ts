import { cleanText, grantAgreement, grantAgreementText, type RepairLog } from '../cleaning/index.ts';
import { identifierUrl, normaliseIdentifier } from '../identifiers.ts';
import type { Funding } from '../record.ts';

/** Funder and award, with the name and registry id of a funder that is known by either of them or by its abbreviation. */
export function describedFunding(parts: Funding, log: RepairLog): Funding | undefined {
  const funder = cleanText(parts.funder ?? '', log);
  const funderId = registryUri(parts.funderId?.trim() ?? '');
  const award = cleanText(parts.award ?? '', log);
  const said: Funding = {
    ...(funder !== '' && { funder }),
    ...(funderId !== undefined && { funderId }),
    ...(award !== '' && { award }),
  };
  if (funder === '' && funderId === undefined) return award === '' ? undefined : said;
  // The way to OpenAIRE's project identifier and back goes through the table of funders.
  return {
    ...said,
    ...grantAgreement(grantAgreementText(said)),
    ...(funderId !== undefined && { funderId }),
  };
}

/** A funder's id as a URI: the Crossref Funder Registry's are DOIs; those of ROR and others are addresses. */
function registryUri(text: string): string | undefined {
  const identifier = normaliseIdentifier(text);
  return identifier?.scheme === 'doi' || identifier?.scheme === 'url' ? identifierUrl(identifier) : undefined;
}
