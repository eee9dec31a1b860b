import { NgrError } from '../../vocab/errors.ts';

/**
 * A notification says that it is COAR Notify and is not.
 *
 * - `NOTIFY_INVALID`: it does not meet some demands; `details.violations` names each, with its property.
 */
export class CoarNotifyError extends NgrError {}
