import { NgrError } from '../../vocab/errors.ts';

/**
 * What somebody wants to say of two records cannot stand.
 *
 * - `STATEMENT_OF_ITSELF`: the two are one record.
 * - `STATEMENT_CONTRADICTS`: with what was said before it would make two records the same work and not the same.
 * - `STATEMENT_TOO_MANY`: as many are kept as there may be.
 * - `STATEMENT_UNKNOWN`: nothing was said of the two that could be taken back.
 */
export class StatementError extends NgrError {}
