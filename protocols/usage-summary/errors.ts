import { NgrError } from '../../vocab/errors.ts';

/** A usage summary from another node has not the form of one. */
export class UsageSummaryError extends NgrError {}
