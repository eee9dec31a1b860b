import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { NgrError } from '../../vocab/errors.ts';
import { HttpError } from './errors.ts';
import { DATA_OR_PAGE, HTML } from './formats.ts';
import { Negotiator } from './negotiation.ts';
import { errorPage } from './pages/error.ts';
import type { Views } from './pages/view.ts';
import { problem } from './problem.ts';
import { refusalStatus } from './refusal-status.ts';
import { sendPage } from './respond.ts';

/**
 * Turns whatever a router throws into an answer: a problem document (RFC 9457), or a page where a browser asks. What is
 * neither an `HttpError` nor another part's refusal of the request is the node's own fault: it is logged, and the client learns no more than that.
 */
export function errorHandling({ views, log }: { views: Views; log: Logger }): Middleware {
  const formats = new Negotiator(DATA_OR_PAGE);
  return async (ctx, next) => {
    try {
      await next();
    } catch (cause) {
      const error = cause instanceof HttpError ? cause : (refused(cause) ?? internal(cause));
      if (error.status >= 500)
        log.error({ err: cause, method: ctx.method, path: ctx.path }, 'request failed');
      const wantsPage = formats.choose(ctx.req.headers.accept ?? '*/*')?.format === HTML;
      if (wantsPage && !ctx.path.startsWith('/api/')) sendErrorPage(ctx, views, error);
      else sendProblem(ctx, error);
    }
  };
}

function sendProblem(ctx: Context, { status, code, title, message, remedy, extra }: HttpError): void {
  problem(ctx, status, code, title, message, remedy === undefined ? extra : { remedy, ...extra });
}

function sendErrorPage(ctx: Context, views: Views, { status, code, message }: HttpError): void {
  ctx.remove('Last-Modified');
  ctx.remove('ETag');
  const view = views.of(ctx);
  sendPage(ctx, view, errorPage(view, { status, code, ...(status < 500 && { detail: message }) }), status);
}

/** What another part has refused because of the request. */
function refused(cause: unknown): HttpError | undefined {
  if (!(cause instanceof NgrError)) return undefined;
  const status = refusalStatus(cause);
  if (status === undefined) return undefined;
  const { code, message, remedy } = cause;
  return new HttpError(status, code, 'That cannot be done', message, {
    cause,
    ...(remedy !== undefined && { remedy }),
  });
}

function internal(cause: unknown): HttpError {
  return new HttpError(500, 'INTERNAL', 'Something went wrong here', 'The error was logged.', { cause });
}
