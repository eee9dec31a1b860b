import { LdnError } from './errors.ts';

/** Where an answer came from, behind redirects. */
export function placeOf(response: Response, asked: string): string {
  return response.url === '' ? asked : response.url;
}

/** @param status of the answer, where that is the reason */
export function noInbox(target: string, why: string, status?: number): LdnError {
  return new LdnError('LDN_NO_INBOX', `${target.slice(0, 500)} tells of no inbox: ${why}.`, {
    remedy:
      'Look whether the address is right; ask who runs it for the address of the inbox, and configure that.',
    ...(status !== undefined && { details: { status } }),
  });
}
