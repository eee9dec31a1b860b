import type { Invitation } from '../../accounts/index.ts';
import { MailError, type LetterLanguage } from '../../mail/index.ts';
import type { HttpParts } from '../parts.ts';

/**
 * Mails an invitation that was just made, where the node has a mail server.
 * @param by the name of who invites
 * @returns the link, and whether it was mailed: who invites sends it otherwise
 */
export async function mailInvitation(
  { letters, log, site }: Pick<HttpParts, 'letters' | 'log' | 'site'>,
  { mail, expires, secret }: Pick<Invitation, 'mail' | 'expires'> & { secret: string },
  { by, language }: { by: string; language: LetterLanguage },
): Promise<{ link: string; isMailed: boolean }> {
  const link = `${site.base}/dashboard/invitation?code=${secret}`;
  try {
    await letters?.invite({ mail, by, link, expires }, language);
    return { link, isMailed: letters !== undefined };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    log.warn({ code: error.code, ...error.details }, 'an invitation could not be mailed');
    return { link, isMailed: false };
  }
}
