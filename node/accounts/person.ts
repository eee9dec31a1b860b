import { AccountError } from './errors.ts';
import type { Role } from './rights.ts';

/** Somebody who works with the node. */
export interface Person {
  /** Stays when name and address change. */
  id: string;
  mail: string;
  name: string;
  role: Role;
  /** Milliseconds since 1970. */
  since: number;
  /** By whom logins of another system are known here (OpenID Connect). */
  external?: ExternalIdentity;
}

/** Who somebody is at another system: `iss` and `sub` of an ID token (OpenID Connect Core 1.0, section 2). */
export interface ExternalIdentity {
  issuer: string;
  subject: string;
}

/** As one finds an account by: the same address in other letters is the same address. */
export function checkedMail(mail: string): string {
  const trimmed = mail.trim().toLowerCase();
  if (trimmed.length > 254 || !/^[^\s@<>"(),:;[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(trimmed)) {
    throw new AccountError('ACCOUNT_MAIL', 'That is no mail address.', {
      remedy: 'Give an address such as librarian@example.edu.',
    });
  }
  return trimmed;
}

export function checkedName(name: string): string {
  const trimmed = name.trim().replaceAll(/\s+/g, ' ');
  if (trimmed === '' || trimmed.length > 200) {
    throw new AccountError('ACCOUNT_NAME', 'A person needs a name of 1 to 200 characters.', {
      remedy: 'Give the name by which others know her.',
    });
  }
  return trimmed;
}
