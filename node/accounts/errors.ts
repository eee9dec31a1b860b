import { NgrError } from '../../vocab/errors.ts';

/**
 * Somebody cannot log in, or an account cannot be as it should.
 *
 * - `ACCOUNT_WRONG_LOGIN`: address and password are not those of a person; which of the two is not said.
 * - `ACCOUNT_LOCKED`: too many attempts; `retryAfter` seconds in `details`.
 * - `ACCOUNT_BUSY`: too many people log in at this moment; `retryAfter` seconds in `details`.
 * - `ACCOUNT_NO_PASSWORDS`: passwords are switched off at this node.
 * - `ACCOUNT_PASSWORD`: the password is too short, too long, or the person's name or address.
 * - `ACCOUNT_PROOF_NEEDED`: who is logged in has to show again that it is she.
 * - `ACCOUNT_MAIL`: no mail address.
 * - `ACCOUNT_NAME`: no name, or too long a one.
 * - `ACCOUNT_MAIL_TAKEN`: somebody has an account with that address.
 * - `ACCOUNT_INVITATION_GONE`: the invitation has been used, taken back, or is too old.
 * - `ACCOUNT_RESET_GONE`: the link for a new password has been used, or is too old.
 * - `ACCOUNT_LAST_ADMINISTRATOR`: there would be no administrator left.
 * - `ACCOUNT_UNKNOWN`: no such person, invitation or token.
 * - `ACCOUNT_TOO_MANY`: as many are kept as there may be.
 *
 * Of logins at other systems (OpenID Connect):
 *
 * - `ACCOUNT_NOT_INVITED`: who came from there has neither an account nor an invitation here.
 * - `ACCOUNT_NOT_LINKED`: there is an account with the address of who came, but it does not have this login.
 * - `ACCOUNT_LINKED_ALREADY`: the login is that of an account already.
 * - `ACCOUNT_OTHER_LOGIN`: who came back is not who is logged in here.
 * - `ACCOUNT_LAST_WAY_IN`: without the login she could not log in any more.
 * - `ACCOUNT_PROVIDER_UNKNOWN`: no system of that name is configured.
 * - `ACCOUNT_PROVIDER_DOWN`: the system could not be reached, or does not answer as it should.
 * - `ACCOUNT_LOGIN_GONE`: the login was begun too long ago, in another browser, or has come back already.
 * - `ACCOUNT_LOGIN_CANCELLED`: it was broken off there.
 * - `ACCOUNT_LOGIN_INVALID`: what came back is not what was asked for.
 */
export class AccountError extends NgrError {}
