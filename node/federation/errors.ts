import { NgrError } from '../../vocab/errors.ts';

/** The network cannot be joined or used as configured. */
export class FederationError extends NgrError {}
