import type { Config } from '../config/index.ts';
import { siteOf, type Site } from '../http/index.ts';
import { mailOf, type Institution } from '../institution/index.ts';
import { OaiRepository, type OaiRepositoryOptions } from '../publishing/index.ts';

/** OAI-PMH asks for an address of e-mail; this one is nobody's (RFC 2606). */
const NO_CONTACT = 'nobody@invalid';

type Described = Pick<Institution, 'document' | 'logo'>;

/** What the node says of itself. */
export function buildSite(
  { networks, location, http }: Config,
  { institution, ...facts }: Pick<Site, 'base' | 'node' | 'version' | 'lineage'> & { institution: Described },
): Site {
  return siteOf(
    {
      ...facts,
      networks,
      ...(location !== undefined && { location }),
      trustProxy: http.trustProxy,
      requestsPerSecond: http.requestsPerSecond,
    },
    institution,
  );
}

/** What `/oai` gives out. */
export function buildOai(
  { contact }: Config,
  {
    base,
    institution,
    ...parts
  }: Pick<OaiRepositoryOptions, 'catalogue' | 'index' | 'clock'> & { base: string; institution: Described },
): OaiRepository {
  return new OaiRepository({
    ...parts,
    baseUrl: `${base}/oai`,
    institution: () => ({
      name: institution.document.name,
      contact: mailOf(institution.document) ?? contact ?? NO_CONTACT,
    }),
  });
}
