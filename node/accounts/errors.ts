import { NgrError } from '../../vocab/errors.ts';

/**
 * Somebody cannot log in, or an account cannot be as it should.
 *
 * - `ACCOUNT_WRONG_LOGIN`: address and password are not those of a person; which of the two is not said.
 * - `ACCOUNT_LOCKED`: too many attempts; `retryAfter` seconds in `details`.
 * - `ACCOUNT_BUSY`: too many people log in at this moment; `retryAfter` seconds in `details`.
 * - `ACCOUNT_PASSWORD`: the password is too short, too long, or the person's name or address.
 * - `ACCOUNT_MAIL`: no mail address.
 * - `ACCOUNT_NAME`: no name, or too long a one.
 * - `ACCOUNT_MAIL_TAKEN`: somebody has an account with that address.
 * - `ACCOUNT_INVITATION_GONE`: the invitation has been used, taken back, or is too old.
 * - `ACCOUNT_LAST_ADMINISTRATOR`: there would be no administrator left.
 * - `ACCOUNT_UNKNOWN`: no such person, invitation or token.
 * - `ACCOUNT_TOO_MANY`: as many are kept as there may be.
 */
export class AccountError extends NgrError {}
