/** Logins at other systems: an institution's own, or ORCID (OpenID Connect). */
export { ExternalLogins } from './external-logins.ts';
export type { LoginProvider } from './provider.ts';
export type { Purpose } from './transactions.ts';
