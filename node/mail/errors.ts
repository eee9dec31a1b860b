import { NgrError } from '../../vocab/errors.ts';

/**
 * A letter was not sent.
 *
 * - `MAIL_UNREACHABLE`: the mail server cannot be reached, or not over TLS as it is set.
 * - `MAIL_LOGIN`: it does not take the node's user and password.
 * - `MAIL_REFUSED`: it does not take the letter, its sender or who it is for.
 * - `MAIL_TIMEOUT`: it takes too long.
 * - `MAIL_BUSY`: too many letters are being sent at this moment.
 */
export class MailError extends NgrError {}

const remedies: Readonly<Record<string, string>> = {
  MAIL_UNREACHABLE:
    'Check mail.host, mail.port and mail.secure; a certificate of an own authority is named by mail.caFile.',
  MAIL_LOGIN: 'Check mail.user and the password.',
  MAIL_REFUSED: 'Check the address; whether the server lets the node send from mail.from is told in its log.',
  MAIL_TIMEOUT: 'Try again later.',
  MAIL_BUSY: 'Try again in a moment.',
};

export function mailError(
  code: string,
  message: string,
  options: { details?: Record<string, unknown>; cause?: unknown } = {},
): MailError {
  return new MailError(code, message, { remedy: remedies[code] ?? '', ...options });
}

/** By the codes of nodemailer. */
const codes: readonly (readonly [pattern: RegExp, code: string, what: string])[] = [
  [/^EAUTH|^ENOAUTH/, 'MAIL_LOGIN', 'does not take the user and password of the node'],
  [/^(EENVELOPE|EMESSAGE)$/, 'MAIL_REFUSED', 'does not take the letter'],
  [/^(EABORT|ETIMEDOUT)$/, 'MAIL_TIMEOUT', 'takes too long'],
];

/** What a failed sending means, with the code of the server's reply (RFC 5321, section 4.2) where there was one. */
export function sendingError(server: string, cause: unknown): MailError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reply = cause instanceof Error && 'responseCode' in cause ? { reply: cause.responseCode } : {};
  const [, name = 'MAIL_UNREACHABLE', what = 'cannot be reached as it is set'] =
    codes.find(([pattern]) => pattern.test(code)) ?? [];
  return mailError(name, `The mail server ${server} ${what}.`, { details: reply, cause });
}
