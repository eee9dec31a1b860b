import type { Funding } from '../record.ts';

/** Funders of info:eu-repo/grantAgreement, by their abbreviation there: name, and DOI in the Crossref Funder Registry. */
const funders: Readonly<Record<string, readonly [name: string, registry: string]>> = {
  AKA: ['Academy of Finland', '501100002341'],
  ANR: ['Agence Nationale de la Recherche', '501100001665'],
  ARC: ['Australian Research Council', '501100000923'],
  CAPES: ['Coordenação de Aperfeiçoamento de Pessoal de Nível Superior', '501100002322'],
  CNPQ: ['Conselho Nacional de Desenvolvimento Científico e Tecnológico', '501100003593'],
  DFG: ['Deutsche Forschungsgemeinschaft', '501100001659'],
  EC: ['European Commission', '501100000780'],
  ERC: ['European Research Council', '501100000781'],
  FAPESP: ['Fundação de Amparo à Pesquisa do Estado de São Paulo', '501100001807'],
  FCT: ['Fundação para a Ciência e a Tecnologia', '501100001871'],
  FWF: ['Austrian Science Fund', '501100002428'],
  HRZZ: ['Croatian Science Foundation', '501100004488'],
  MINECO: ['Ministerio de Economía y Competitividad', '501100003329'],
  NHMRC: ['National Health and Medical Research Council', '501100000925'],
  NIH: ['National Institutes of Health', '100000002'],
  NSF: ['National Science Foundation', '100000001'],
  NWO: ['Nederlandse Organisatie voor Wetenschappelijk Onderzoek', '501100003246'],
  SFI: ['Science Foundation Ireland', '501100001602'],
  SNSF: ['Swiss National Science Foundation', '501100001711'],
  TUBITAK: ['Türkiye Bilimsel ve Teknolojik Araştırma Kurumu', '501100004410'],
  UKRI: ['UK Research and Innovation', '100014013'],
  WT: ['Wellcome Trust', '100004440'],
};

/**
 * The funder and award of an OpenAIRE project identifier (Guidelines for Literature Repositories 3, Project Identifier):
 * `info:eu-repo/grantAgreement/Funder/FundingProgram/ProjectID/[Jurisdiction]/[ProjectName]/[ProjectAcronym]`.
 * `undefined` where the text is none. An older form has no funder and means the European Commission.
 */
export function grantAgreement(text: string): Funding | undefined {
  const path = /^info:eu-?repo\/grantAgreement\/(.{1,500})$/i.exec(text.trim())?.[1];
  if (path === undefined) return undefined;
  const parts = path.split('/').map(decoded);
  const isOld = /^(?:FP\d|H2020)$/i.test(parts[0] ?? '');
  const [funder = '', , award = ''] = isOld ? ['EC', ...parts] : parts;
  const known = funders[funder.toUpperCase()];
  if (known === undefined && funder === '' && award === '') return undefined;
  return {
    ...(known !== undefined && { funder: known[0], funderId: `https://doi.org/10.13039/${known[1]}` }),
    ...(known === undefined && funder !== '' && { funder }),
    ...(award !== '' && { award }),
  };
}

/** Funder and award as `grantAgreement` reads them; the programme is not known. */
export function grantAgreementText({ funder = '', funderId, award = '' }: Funding): string {
  const known = Object.entries(funders).find(
    ([, [name, registry]]) => name === funder || funderId?.endsWith(`10.13039/${registry}`) === true,
  );
  return `info:eu-repo/grantAgreement/${encodeURIComponent(known?.[0] ?? funder)}//${encodeURIComponent(award)}`;
}

/** Slashes and other reserved characters within a part are percent-encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part).trim();
  } catch {
    return part.trim();
  }
}
