import Router from '@koa/router';
import type { Context } from 'koa';
import type { Logger } from 'pino';
import { FORM_TYPE, readSubscriptionRequest, WebSubError } from '../../../protocols/websub/index.ts';
import { HubError, type Hub } from '../../websub/index.ts';
import { REVALIDATE } from '../answers/respond.ts';
import { HttpError } from '../errors.ts';
import { readBody } from '../requests/body.ts';

const BODY_LIMIT = 16 * 1024;
const DOCUMENTATION = 'https://www.w3.org/TR/websub/';

/** By the codes of what reading and taking a request throw; others are 400. */
const statuses: Readonly<Record<string, number>> = {
  WEBSUB_WRONG_TYPE: 415,
  WEBSUB_UNKNOWN_TOPIC: 404,
  WEBSUB_UNKNOWN_SUBSCRIPTION: 404,
  WEBSUB_HOST_QUOTA: 429,
  WEBSUB_FULL: 503,
  BODY_TOO_LARGE: 413,
};

/**
 * `/websub`: the hub (WebSub, W3C Recommendation of 23 January 2018). A POST asks to be told of a topic, or no more (section
 * 5.1); a GET tells people which topics there are.
 */
export function webSubRouter({
  hub,
  log,
}: {
  hub: Pick<Hub, 'url' | 'topics' | 'leaseSeconds' | 'request'>;
  log: Logger;
}): Router {
  const router = new Router();

  router.post('/websub', async (ctx) => {
    try {
      const body = await readBody(ctx, BODY_LIMIT);
      await hub.request(readSubscriptionRequest(body, ctx.get('Content-Type')));
    } catch (error) {
      refuse(ctx, error, log);
      return;
    }
    sendPlain(ctx, 202, 'Accepted. The callback will be asked whether it meant this.');
  });

  router.get('/websub', (ctx) => {
    ctx.set('Cache-Control', REVALIDATE);
    ctx.set('Allow', 'GET, HEAD, POST');
    ctx.body = {
      hub: hub.url,
      topics: hub.topics.map(({ url, title, contentType }) => ({ url, title, contentType })),
      leaseSeconds: hub.leaseSeconds,
      howTo: `POST ${FORM_TYPE} with hub.mode, hub.topic and hub.callback, and hub.secret for signed deliveries (X-Hub-Signature: sha256=…).`,
      documentation: DOCUMENTATION,
    };
    ctx.type = 'application/json';
  });
  return router;
}

/** The reason as plain text, for who writes the subscriber (WebSub, section 5.1.2). */
function refuse(ctx: Context, error: unknown, log: Logger): void {
  const isKnown = [WebSubError, HubError, HttpError].some((type) => error instanceof type);
  if (!isKnown) throw error;
  const { code, message, remedy, details } = error as WebSubError;
  if (typeof details['retryAfter'] === 'number') ctx.set('Retry-After', String(details['retryAfter']));
  log.info({ code, detail: message }, 'a subscription request was refused');
  sendPlain(ctx, statuses[code] ?? 400, [message, ...(remedy === undefined ? [] : [remedy])].join('\n'));
}

function sendPlain(ctx: Context, status: number, text: string): void {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = `${text}\n`;
  ctx.set('Content-Type', 'text/plain; charset=utf-8');
}
