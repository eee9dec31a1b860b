import { NgrError } from '../../vocab/errors.ts';

/**
 * What was posted is no notification. Documents that are JSON but no JSON-LD are refused with a `JsonLdError`.
 *
 * - `LDN_WRONG_TYPE`: the content type is not JSON-LD's.
 * - `LDN_NOT_JSON`: the body is no JSON in UTF-8.
 * - `LDN_NO_STATEMENT`: the body is JSON-LD that says nothing, because its contexts define none of its terms.
 */
export class LdnError extends NgrError {}
