import { NgrError } from '../../vocab/errors.ts';

/**
 * Typed links that cannot be read.
 *
 * - `SIGNPOSTING_BAD_LINKSET`: a link set in JSON that is not as RFC 9264, section 4.2, says.
 */
export class SignpostingError extends NgrError {}
