import type { Funding } from '../record.ts';
import { funderAbbreviation, funderOf } from './funders.ts';

/**
 * The funder and award of an OpenAIRE project identifier (Guidelines for Literature Repositories 3, Project Identifier):
 * `info:eu-repo/grantAgreement/Funder/FundingProgram/ProjectID/[Jurisdiction]/[ProjectName]/[ProjectAcronym]`.
 * `undefined` where the text is none. An older form has no funder and means the European Commission; some leave the
 * programme out.
 */
export function grantAgreement(text: string): Funding | undefined {
  const path = /^(?:https?:\/\/purl\.org\/)?(?:info:)?eu-?repo\/grantAgreement\/(.{1,500})$/i.exec(
    text.trim(),
  )?.[1];
  if (path === undefined) return undefined;
  const parts = path.split('/').map(decoded);
  if (/^(?:FP\d|H2020|HE|HORIZON)$/i.test(parts[0] ?? '')) parts.unshift('EC');
  const [funder = '', programme = '', third = ''] = parts;
  const award = third === '' && /\d{3}/.test(programme) ? programme : third;
  if (funder === '' && award === '') return undefined;
  const known = funderOf(funderAbbreviation({ name: funder }) ?? funder);
  return {
    ...(known !== undefined && { funder: known.name, funderId: known.id }),
    ...(known === undefined && funder !== '' && { funder }),
    ...(award !== '' && { award }),
  };
}

/** Funder and award as `grantAgreement` reads them; the programme is not known. */
export function grantAgreementText({ funder = '', funderId, award = '' }: Funding): string {
  const known = funderAbbreviation({ name: funder, ...(funderId !== undefined && { id: funderId }) });
  return `info:eu-repo/grantAgreement/${encoded(known ?? funder)}//${encoded(award)}`;
}

/** Half a character, as JSON may have it, becomes U+FFFD. */
function encoded(part: string): string {
  return encodeURIComponent(part.toWellFormed());
}

/** Slashes and other reserved characters within a part are percent-encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part).trim();
  } catch {
    return part.trim();
  }
}
