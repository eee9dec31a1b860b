/** What the node's manager says of records that are of one work, or are not. */
export { StatementError } from './errors.ts';
export type { Statement, Verdict } from './statement.ts';
export { Statements } from './statements.ts';
