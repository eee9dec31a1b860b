/** COAR's controlled vocabularies, and the forms in which repositories write their concepts. */
export { accessRights, accessRightUri } from './access-rights.ts';
export type { CoarConcept } from './concept.ts';
export { nearestType, withWider } from './nearest-type.ts';
export { resourceTypes, specificity } from './resource-types.ts';
export { versions } from './versions.ts';
