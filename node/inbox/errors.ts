import { NgrError } from '../../vocab/errors.ts';

/**
 * A notification that was understood cannot be taken in.
 *
 * - `INBOX_TOO_LARGE`: it has more bytes than are taken.
 * - `INBOX_CONFLICT`: another one with the same id is here already.
 * - `INBOX_FULL`: the inbox holds as many as it may.
 */
export class InboxError extends NgrError {}
