export { IdentityError } from './errors.ts';
export { Identity } from './identity.ts';
