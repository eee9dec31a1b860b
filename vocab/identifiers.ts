/**
 * Identifiers of works as they stand in metadata: with and without prefix, as URL of a resolver or of a web site, with
 * tracking parameters, in the middle of a citation. Every pattern is bounded and takes linear time.
 */
export { normaliseUrl } from './identifiers/addresses.ts';
export { findIdentifiers } from './identifiers/find.ts';
export { normaliseIdentifier } from './identifiers/normalise.ts';
export { type Refusal, refusalOf } from './identifiers/refusal.ts';
export { identifierText, identifierUrl } from './identifiers/write.ts';
