/** The people who work with the node: accounts, roles, sessions, tokens, and the log of what they did. */
export { TOKEN_DAYS, type AccessToken } from './access-tokens.ts';
export { Accounts, type LoggedIn } from './accounts.ts';
export type { AuditEntry, AuditLog } from './audit-log.ts';
export { AccountError } from './errors.ts';
export type { Invitation } from './invitations.ts';
export { ExternalLogins, type LoginProvider, type Purpose } from './oidc/index.ts';
export { loginName, type Arrival, type ExternalIdentity, type Person } from './person.ts';
export { may, rights, roles, type Right, type Role } from './rights.ts';
export { LONGEST_MS as SESSION_LONGEST_MS } from './sessions.ts';
