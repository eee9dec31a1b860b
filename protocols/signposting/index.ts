/** Signposting (signposting.org, FAIR profile): the typed links by which a landing page tells what belongs to it. */
export { SignpostingError } from './errors.ts';
export { parseLinkHeader } from './link-header.ts';
export { LINKSET_JSON_TYPE, LINKSET_TYPE, parseLinkset } from './linkset.ts';
export { linksOf, type TypedLink, typedLinks } from './typed-link.ts';
export { type GivenLink, writeLinkHeader, writeLinkset } from './write.ts';
