/** COAR's controlled vocabularies, and the forms in which repositories write their concepts. */
export { accessRights, accessRightUri, type AccessRightConcept } from './access-rights.ts';
export type { CoarConcept, ConceptIndex, LabelLanguage } from './concept.ts';
export { nearestType } from './nearest-type.ts';
export { resourceTypes, specificity } from './resource-types.ts';
export { versions, type VersionConcept } from './versions.ts';
