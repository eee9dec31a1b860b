import { contextUrl } from '../../../vocab/context.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Site } from '../site.ts';

/** The node as it describes itself. */
export function nodeDocument(
  site: Site,
  facts: { records: number; addresses: readonly string[] },
): JsonLdObject {
  return {
    '@context': contextUrl(site.base),
    id: site.base,
    type: 'Node',
    node: site.node,
    name: site.name,
    base: site.base,
    networks: site.networks,
    software: site.version,
    records: facts.records,
    addresses: facts.addresses,
    inbox: `${site.base}/inbox`,
  };
}
