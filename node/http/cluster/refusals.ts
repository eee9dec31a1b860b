import type { Context } from 'koa';
import { HttpError } from '../errors.ts';

/** Why a request did not come to an answer of the writer. */
export type NotAnswered = 'away' | 'busy' | 'refused' | 'broken';

const unavailable = 'That cannot be done at the moment';
const tryAgain = 'Try again after the time in Retry-After.';

const refusals = {
  away: {
    status: 503,
    code: 'HTTP_WRITER_AWAY',
    title: unavailable,
    detail: 'The process of this node that does it is away. What is held can be read meanwhile.',
    remedy: tryAgain,
    /** As soon another process may have taken over. */
    retryAfter: 5,
  },
  busy: {
    status: 503,
    code: 'HTTP_WRITER_BUSY',
    title: unavailable,
    detail: 'Too many requests wait for the process of this node that does it.',
    remedy: tryAgain,
    retryAfter: 1,
  },
  refused: {
    status: 429,
    code: 'HTTP_TOO_MANY_AT_ONCE',
    title: 'Too many requests at once',
    detail: 'So many requests of one network are not answered side by side.',
    remedy: `${tryAgain} Send fewer side by side, and read their answers to the end.`,
    retryAfter: 1,
  },
  broken: {
    status: 502,
    code: 'HTTP_WRITER_BROKE_OFF',
    title: 'There was no answer',
    detail:
      'The process of this node that does it broke off before it had answered: it may have been done, or not.',
    remedy: 'Look whether it was done, and try again if not.',
    retryAfter: undefined,
  },
} as const;

/** What the client is told, with `Retry-After` where it may try again. */
export function notAnswered(ctx: Context, why: NotAnswered, cause?: unknown): HttpError {
  const { status, code, title, detail, remedy, retryAfter } = refusals[why];
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
  return new HttpError(status, code, title, detail, { remedy, cause });
}

export function forwardedTwice(): HttpError {
  const detail = 'The address under which the writer is known leads to a process that does not write.';
  return new HttpError(508, 'HTTP_FORWARDED_TWICE', 'The request goes round in circles', detail, {
    remedy: 'Have http.internalUrl of the writer lead to the writer itself, past any balancer.',
  });
}

export function badTarget(): HttpError {
  return new HttpError(
    400,
    'HTTP_BAD_TARGET',
    'The request names no path',
    'Its target has to start with a slash.',
  );
}
