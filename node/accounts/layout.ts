/**
 * The keys of the section `accounts`. Of secrets there are digests only.
 *
 *     p!<id>                 a person, with the hash of the password (`StoredPerson`, DAG-CBOR, as all here)
 *     i!<digest>             an invitation (`Invitation`)
 *     r!<digest>             a link by which a password is set anew (`PasswordReset`)
 *     s!<digest>             a session (`Session`)
 *     t!<digest>             a token of the API (`StoredToken`)
 *     k!devices              the key by which known browsers are told (32 bytes)
 *     a!<time>!<number>      who did what (`AuditEntry`); time and number as `numberKey`
 */
import { numberKey } from '../store/index.ts';

const END = '~';

export const personKey = (id: string): string => `p!${id}`;
export const invitationKey = (digest: string): string => `i!${digest}`;
export const resetKey = (digest: string): string => `r!${digest}`;
export const sessionKey = (digest: string): string => `s!${digest}`;
export const tokenKey = (digest: string): string => `t!${digest}`;
export const DEVICES_KEY = 'k!devices';
export const auditKey = (at: number, n: number): string => `a!${numberKey(at)}!${numberKey(n)}`;

const rangeOf = (kind: string): { gt: string; lt: string } => ({ gt: `${kind}!`, lt: `${kind}!${END}` });
export const personRange = rangeOf('p');
export const invitationRange = rangeOf('i');
export const resetRange = rangeOf('r');
export const sessionRange = rangeOf('s');
export const tokenRange = rangeOf('t');
export const auditRange = rangeOf('a');

/** The digest or id at the end of a key. */
export const lastOf = (key: string): string => key.slice(key.lastIndexOf('!') + 1);
