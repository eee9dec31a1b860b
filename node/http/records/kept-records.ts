import type { RouterContext } from '@koa/router';
import type { Middleware } from 'koa';
import { Negotiator } from '../negotiation/negotiator.ts';
import { RECORD_FORMATS } from './formats.ts';
import { sendRendered, type RecordRepresentations } from './representations.ts';

const ROUTE = '/records/:key';
const BEFORE_KEY = ROUTE.slice(0, ROUTE.indexOf(':'));

/**
 * Answers `/records/{key}` at once where the representation that `Accept` asks for is kept: programs ask for little else,
 * over and over, and to find the route among all would take longer than to send it. Whatever else is asked for goes on to
 * its router, which for a record decides by the same formats and sends the same. What is kept is never of the past: that is
 * the business of the representations.
 */
export function keptRecords(representations: Pick<RecordRepresentations, 'kept'>): Middleware {
  const formats = new Negotiator(RECORD_FORMATS);
  return (ctx, next) => {
    const { method, url = '', headers } = ctx.req;
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead || !url.startsWith(BEFORE_KEY)) return next();
    const wanted = formats.choose(headers.accept ?? '*/*');
    const kept = wanted && representations.kept(url.slice(BEFORE_KEY.length), wanted);
    if (kept === undefined) return next();
    (ctx as Partial<RouterContext>)._matchedRoute = ROUTE;
    sendRendered(ctx, kept);
    return Promise.resolve();
  };
}
