import { resourceTypes } from '../coar/index.ts';

/** DOI prefixes under which repositories and preprint servers register what is deposited with them. */
const repositoryPrefixes: ReadonlySet<string> = new Set([
  '10.5281', // Zenodo
  '10.6084', // figshare
  '10.48550', // arXiv
  '10.17605', // OSF
  '10.31219', // OSF Preprints
  '10.31234', // PsyArXiv
  '10.31235', // SocArXiv
  '10.31222', // MetaArXiv
  '10.1101', // bioRxiv and medRxiv
  '10.2139', // SSRN
  '10.20944', // Preprints.org
  '10.21203', // Research Square
  '10.22541', // Authorea
  '10.26434', // ChemRxiv
  '10.7287', // PeerJ Preprints
  '10.13140', // ResearchGate
  '10.5061', // Dryad
  '10.17632', // Mendeley Data
  '10.7910', // Harvard Dataverse
]);

/** Whether a DOI is a repository's or a preprint server's, not a publisher's. */
export function isRepositoryDoi(doi: string): boolean {
  const [prefix = '', suffix = ''] = doi.split('/');
  // Cold Spring Harbor's journals have letters after the prefix: 10.1101/gr.123, 10.1101/gad.1
  if (prefix === '10.1101') return /^\d/.test(suffix);
  if (prefix === '10.1590') return suffix.startsWith('scielopreprints');
  return repositoryPrefixes.has(prefix);
}

/** Parts of host names that many repositories share. */
const commonLabels =
  /^(?:www|eprints?|repositor\w*|dspace|pub|opus|edoc|archive|digital|library|journals?|files|docs?)$/;

/**
 * Whether a DOI bears the name of the place it is kept at, as repositories' own DOIs do: 10.5167/uzh-1234 at
 * `www.zora.uzh.ch`.
 */
export function isNamedAfterHost(doi: string, addresses: readonly string[]): boolean {
  const words = doi.slice(doi.indexOf('/') + 1).split(/[^a-z]+/);
  return addresses.some((address) => {
    const host = /^https?:\/\/([^/?#:]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';
    const labels = host.split('.').slice(0, -1);
    return labels.some((label) => label.length > 2 && !commonLabels.test(label) && words.includes(label));
  });
}

const base = 'http://purl.org/coar/resource_type/';

/** Kinds of works that a publisher brings out, with all that is narrower. */
const published = concepts('c_3e5a', 'c_f744', 'c_2f33', 'c_efa0', 'c_998f');

/** Kinds of which nothing follows: text, conference output. */
const undecided = concepts('c_18cf', 'c_c94f');

/** Kinds of works that appear within another, with all that is narrower. */
const parts = concepts('c_3e5a', 'c_3248', 'c_5794', 'c_6670', 'c_998f');

function concepts(...ids: string[]): ReadonlySet<string> {
  return new Set(ids.map((id) => base + id));
}

/** Whether a resource type is one that appears with a publisher, or may be; a thesis, a dataset or a preprint is not. */
export function isPublishedKind(type: string | undefined): boolean {
  return type === undefined || undecided.has(type) || isWithin(type, published);
}

/** Whether a resource type is one that appears within a journal, a book or proceedings. */
export function isPartOfPublication(type: string | undefined): boolean {
  return isWithin(type, parts);
}

function isWithin(type: string | undefined, wider: ReadonlySet<string>): boolean {
  for (let uri = type; uri !== undefined; uri = resourceTypes.byUri(uri)?.broader) {
    if (wider.has(uri)) return true;
  }
  return false;
}
