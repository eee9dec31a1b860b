import { NgrError } from '../../vocab/errors.ts';

export class IdentityError extends NgrError {}
