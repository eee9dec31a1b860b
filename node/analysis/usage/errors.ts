import { NgrError } from '../../../vocab/errors.ts';

/** A hit or a summary that is not counted, and why. It never carries an address or a user agent. */
export class UsageError extends NgrError {}
