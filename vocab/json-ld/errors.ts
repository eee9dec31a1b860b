import { NgrError } from '../errors.ts';

/**
 * A document that is not JSON-LD we process.
 *
 * - `JSON_LD_UNKNOWN_CONTEXT`: it names a context that is not bundled; `details.context` says which, `details.known` those that are.
 * - `JSON_LD_TOO_DEEP`, `JSON_LD_TOO_MANY_VALUES`, `JSON_LD_TOO_MANY_CONTEXTS`: it passes a bound of `JsonLdLimits`.
 * - `JSON_LD_SCOPED_CONTEXT`: it defines a context for one of its terms.
 * - `JSON_LD_INVALID`: it breaks a rule of JSON-LD 1.1.
 */
export class JsonLdError extends NgrError {}
