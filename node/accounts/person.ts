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
  /** Whether she can log in by a password. */
  hasPassword: boolean;
  /** Who she is at other systems where she can log in. */
  logins: readonly ExternalIdentity[];
}

/** Who somebody is at another system: `iss` and `sub` of an ID token (OpenID Connect Core 1.0, section 2). */
export interface ExternalIdentity {
  issuer: string;
  subject: string;
}

/** Somebody whom another system has named. */
export interface Arrival extends ExternalIdentity {
  name?: string | undefined;
  /** Her address, where the system has verified it. */
  verifiedMail(): Promise<string | undefined>;
}

export function isSameIdentity(a: ExternalIdentity, b: ExternalIdentity): boolean {
  return a.issuer === b.issuer && a.subject === b.subject;
}

/** A login as people know it: an ORCID iD tells whose it is, other names seldom do. */
export function loginName(
  { issuer, subject }: ExternalIdentity,
  providers: readonly { title: string; issuer: string }[],
): string {
  return `${providers.find((one) => one.issuer === issuer)?.title ?? issuer} ${subject}`;
}

/** As one finds an account by: the same address in other letters is the same address. */
export function checkedMail(mail: string): string {
  const trimmed = mail.trim().toLowerCase();
  if (
    trimmed.length > 254 ||
    !/^[^\s\p{Cc}@<>"(),:;[\]\\]+@[^\s\p{Cc}@.,;:<>]+(\.[^\s\p{Cc}@.,;:<>]+)+$/u.test(trimmed)
  ) {
    throw new AccountError('ACCOUNT_MAIL', 'That is no mail address.', {
      remedy: 'Give an address such as librarian@example.edu.',
    });
  }
  return trimmed;
}

const LONGEST_NAME = 200;

export function checkedName(name: string): string {
  const trimmed = tidyName(name);
  if (trimmed === '' || trimmed.length > LONGEST_NAME) {
    throw new AccountError('ACCOUNT_NAME', `A person needs a name of 1 to ${LONGEST_NAME} characters.`, {
      remedy: 'Give the name by which others know her.',
    });
  }
  return trimmed;
}

/** A name that another system tells, as far as it is one. */
export function namedElsewhere(name: string | undefined): string | undefined {
  const trimmed = tidyName(name ?? '')
    .slice(0, LONGEST_NAME)
    .trim();
  return trimmed === '' ? undefined : trimmed;
}

function tidyName(name: string): string {
  return name.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
