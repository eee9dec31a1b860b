import { NgrError } from '../../vocab/errors.ts';

/** A lookup stream broke the protocol, or an answer is not what was asked for. */
export class LookupError extends NgrError {}
