export { IdentityError } from './errors.ts';
export { Identity } from './identity.ts';
export { readLineage } from './lineage.ts';
export { rotateKey, type Rotation } from './rotation.ts';
