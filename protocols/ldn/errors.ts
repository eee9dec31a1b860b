import { NgrError } from '../../vocab/errors.ts';

/**
 * What was posted is no notification, or cannot be sent. Documents that are JSON but no JSON-LD are refused with a
 * `JsonLdError`.
 *
 * - `LDN_WRONG_TYPE`: the content type is neither JSON-LD's nor Turtle's.
 * - `LDN_NOT_JSON`, `LDN_NOT_TURTLE`: the body is none in UTF-8, by its content type.
 * - `LDN_NO_STATEMENT`: the body is JSON-LD that says nothing, because its contexts define none of its terms.
 * - `LDN_TOO_MANY_STATEMENTS`: it says more than is taken.
 * - `LDN_NO_INBOX`: a resource tells of no inbox, neither in its header nor in its body; `details.status` where it answers with
 *   another status than 2xx.
 */
export class LdnError extends NgrError {}
