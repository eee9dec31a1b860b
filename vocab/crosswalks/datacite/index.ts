/** DataCite's metadata in its three shapes, and OpenAIRE's application profile, which has the same properties. */
export { datacite, oaiDatacite } from './datacite.ts';
export { dataciteJson } from './datacite-json.ts';
export { oaiOpenaire } from './oai-openaire.ts';
