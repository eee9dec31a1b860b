import { NgrError } from '../../../vocab/errors.ts';

/** A summary that is not taken in, or a question about usage that cannot be answered, and why. */
export class RegionalUsageError extends NgrError {}
