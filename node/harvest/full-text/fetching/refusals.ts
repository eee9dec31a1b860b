import { FullTextError } from '../errors.ts';
import type { Answer } from './requests.ts';

/** Paths of login pages: of the repositories themselves, and of the sign-on services that institutions use. */
const loginPath =
  /\/(?:login|log-in|signin|sign-in|logon|password-login|ldap-login|shibboleth|wayf|sso|idp|cas|saml2?|oauth2?|auth|authenticate)(?:[/.?;]|$)/i;

/**
 * Whether an answer is what was asked for.
 * @throws FullTextError `FULLTEXT_NOT_FOUND`, `FULLTEXT_LOGIN_NEEDED`, `FULLTEXT_SERVER_ERROR`
 */
export function checkAnswer(asked: string, { url, status }: Answer): void {
  const told = `${asked} answers with HTTP status ${status}.`;
  if (status === 404 || status === 410) throw new FullTextError('FULLTEXT_NOT_FOUND', told);
  if (status === 401 || status === 403 || status === 407)
    throw new FullTextError('FULLTEXT_LOGIN_NEEDED', told);
  if (status < 200 || status >= 300) throw new FullTextError('FULLTEXT_SERVER_ERROR', told);
  if (url !== asked && loginPath.test(new URL(url).pathname)) {
    throw new FullTextError('FULLTEXT_LOGIN_NEEDED', `${asked} sends on to ${url}.`);
  }
}
