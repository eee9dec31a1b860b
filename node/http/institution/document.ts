import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { registries, registryNames, type Institution, type Repository } from '../../institution/index.ts';
import type { Site } from '../site.ts';

/**
 * What the institution says of itself, as a node tells it at `/` and at `/.well-known/ngr-node`: an organisation of schema.org
 * with its ways to be reached, and its repositories as catalogues of data.
 */
export function institutionDocument(
  site: Site,
  { document, logo }: Pick<Institution, 'document' | 'logo'>,
): JsonLdObject {
  const { name, names, description, contact, helpdesk, ror, region, repositories } = document;
  const country = site.location?.country;
  const points = [...pointOf('contact', contact), ...pointOf('helpdesk', helpdesk)];
  const isPlaced = country !== undefined || region !== undefined;
  return {
    institution: {
      id: ror ?? `${site.base}/#institution`,
      type: 'Organization',
      name,
      ...(Object.keys(names).length > 0 && {
        names: Object.entries(names).map(([language, value]) => ({ value, language })),
      }),
      ...(description !== undefined && { description }),
      ...(logo !== undefined && {
        logo: {
          id: `${site.base}/logo`,
          type: 'ImageObject',
          encodingFormat: logo.type,
          width: logo.width,
          height: logo.height,
        },
      }),
      ...(points.length > 0 && { contactPoints: points }),
      ...(isPlaced && {
        address: {
          type: 'PostalAddress',
          ...(country !== undefined && { addressCountry: country }),
          ...(region !== undefined && { addressRegion: region }),
        },
      }),
    },
    ...(repositories.length > 0 && { repositories: repositories.map(repositoryItem) }),
  };
}

function pointOf(contactType: string, address: string | undefined): JsonLdObject[] {
  if (address === undefined) return [];
  const how = /^https?:/i.test(address) ? { url: address } : { email: address };
  return [{ type: 'ContactPoint', contactType, ...how }];
}

function repositoryItem({ name, url, platform, oaiBaseUrl, ...repository }: Repository): JsonLdObject {
  const listed = registryNames.flatMap((registry) => {
    const value = repository[registry];
    if (value === undefined) return [];
    const { name: propertyID, address } = registries[registry];
    return { type: 'PropertyValue', propertyID, value, url: address(value) };
  });
  return {
    id: url,
    type: ['WebSite', 'DataCatalog'],
    name,
    ...(platform !== undefined && { platform }),
    ...(oaiBaseUrl !== undefined && { oaiBaseUrl }),
    ...(listed.length > 0 && { identifiers: listed, sameAs: listed.map((one) => one.url) }),
  };
}
