import { NgrError } from '../../vocab/errors.ts';

/**
 * What somebody says of a suggestion is not taken.
 *
 * - `FEEDBACK_TOO_MANY`: as many votes were taken today as are, from one address or in all; `retryAfter` seconds in `details`.
 * - `FEEDBACK_FULL`: as many pairs are kept as there may be, all of them left out already.
 * - `FEEDBACK_OF_ITSELF`: the two are one record.
 * - `FEEDBACK_UNKNOWN`: nothing was said of the two that could be taken back.
 */
export class FeedbackError extends NgrError {}
