import type { Context } from 'koa';
import type { FeedbackError } from '../../related-feedback/index.ts';
import { HttpError } from '../errors.ts';

const statuses: Readonly<Record<string, number>> = { FEEDBACK_TOO_MANY: 429, FEEDBACK_FULL: 503 };

/** What a reader is told whose vote is not taken. Where it is for today only, `Retry-After` says until when. */
export function feedbackRefusal(ctx: Context, cause: FeedbackError): HttpError {
  const { code, message, remedy, details } = cause;
  const { retryAfter } = details;
  if (typeof retryAfter === 'number') ctx.set('Retry-After', String(retryAfter));
  return new HttpError(statuses[code] ?? 400, code, 'The vote was not taken', message, {
    ...(remedy !== undefined && { remedy }),
    cause,
  });
}
