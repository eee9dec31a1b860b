import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { NgrError } from '../../../vocab/errors.ts';
import { sendPage } from '../answers/respond.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { errorPage } from '../pages/error.ts';
import type { Views } from '../pages/view.ts';
import { problem } from './problem.ts';
import { refusalStatus } from './refusal-status.ts';
import { requestId } from './request-traces.ts';

/**
 * Turns whatever a router throws into an answer: a problem document (RFC 9457), or a page where a browser asks. What is
 * neither an `HttpError` nor another part's refusal of the request is the node's own fault: it is logged, and the client learns no more than that
 * and the id of the request, by which the operator finds it in the log.
 *
 * The id stands where a person sees it, in `instance` and on the page, and not in a header: there is no standard for one (the
 * `traceresponse` of W3C is a draft), and an answer that went well, which caches keep for others, is of no request.
 */
export function errorHandling({ views, log }: { views: Views; log: Logger }): Middleware {
  const formats = new Negotiator(DATA_OR_PAGE);
  return async (ctx, next) => {
    try {
      await next();
    } catch (cause) {
      const error = cause instanceof HttpError ? cause : (refused(cause) ?? internal(cause));
      const request = error.status >= 500 ? requestId(ctx) : undefined;
      if (request !== undefined)
        log[levelOf(error)](
          { request, err: cause, method: ctx.method, path: withoutKey(ctx.path) },
          'request failed',
        );
      const wantsPage = formats.choose(ctx.req.headers.accept ?? '*/*')?.format === HTML;
      if (wantsPage && !ctx.path.startsWith('/api/')) sendErrorPage(ctx, views, error, request);
      else sendProblem(ctx, error, request);
    }
  };
}

/** What is only busy, or away for a while, is told by health and figures: not once more with each request. */
function levelOf({ status }: HttpError): 'debug' | 'error' {
  return status === 503 ? 'debug' : 'error';
}

/** The key of a site may stand in the path of the tracker, also where it is only handed on, and is nobody else's business. */
function withoutKey(path: string): string {
  return path.startsWith('/tracker/') ? '/tracker' : path;
}

function sendProblem(
  ctx: Context,
  { status, code, title, message, remedy, extra }: HttpError,
  request: string | undefined,
): void {
  problem(ctx, status, code, title, message, {
    ...(request !== undefined && { instance: `urn:ngr:request:${request}` }),
    ...(remedy !== undefined && { remedy }),
    ...extra,
  });
}

function sendErrorPage(
  ctx: Context,
  views: Views,
  { status, code, message }: HttpError,
  request: string | undefined,
): void {
  ctx.remove('Last-Modified');
  ctx.remove('ETag');
  const view = views.of(ctx);
  sendPage(
    ctx,
    view,
    errorPage(view, { status, code, ...(status < 500 && { detail: message }), request }),
    status,
  );
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
