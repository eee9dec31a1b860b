/** Records and lists as JSON-LD and N-Quads, and reading JSON-LD from outside without touching the network. */
export { announcementsToJsonLd, reviewsToSchemaOrg } from './announcements.ts';
export { collectionToJsonLd, type CollectionPage } from './collection.ts';
export { knownContexts } from './document-loader.ts';
export { JsonLdError } from './errors.ts';
export { expandJsonLd, prepareToExpand } from './expand.ts';
export { toGraph } from './graph.ts';
export { identifierIri, iriOf } from './iri.ts';
export type { JsonLdLimits } from './limits.ts';
export { toNQuads } from './n-quads.ts';
export { toTurtle } from './turtle.ts';
export type { ExpandedNode } from './processor.ts';
export { itemToJsonLd, type JsonLdObject, recordToJsonLd } from './record.ts';
export { recordToSchemaOrg, schemaOrgClass } from './schema-org.ts';
