import { Router } from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { inboxLink, inboxToJsonLd, LdnError, NOTIFICATION_TYPE } from '../../../protocols/ldn/index.ts';
import { JsonLdError } from '../../../vocab/json-ld/index.ts';
import { InboxError, type Inbox } from '../../inbox/index.ts';
import { answerNotModified } from '../conditional.ts';
import { HttpError } from '../errors.ts';
import { Negotiator } from '../negotiation.ts';
import { readQuery, words } from '../query.ts';
import { readBody } from '../request-body.ts';
import { REVALIDATE, sendJsonLd } from '../respond.ts';
import type { Site } from '../site.ts';

const PAGE = 100;
const ALLOW = 'GET, HEAD, POST, OPTIONS';
/** What another site's page may do; it may not write here with its visitors' browsers. */
const ALLOW_FROM_PAGES = 'GET, HEAD, OPTIONS';
const listQuery = z.object({ after: words(100).optional() });

/** By the code of what `Inbox.receive` throws: the status, and the kind of problem. Other JSON-LD errors are 422. */
const refusals: Readonly<Record<string, readonly [status: number, title: string]>> = {
  LDN_WRONG_TYPE: [415, 'The content type is not accepted'],
  LDN_NOT_JSON: [400, 'The body is no JSON'],
  LDN_NO_STATEMENT: [422, 'The notification cannot be processed'],
  JSON_LD_UNKNOWN_CONTEXT: [422, 'The context is not known'],
  INBOX_TOO_LARGE: [413, 'The notification is too large'],
  INBOX_CONFLICT: [409, 'The id is taken'],
  INBOX_FULL: [507, 'The inbox is full'],
};

/**
 * `/inbox`: the receiver of Linked Data Notifications (W3C Recommendation, 2 May 2017, section 3.3): takes notifications
 * by POST, lists them, and gives each as it came.
 */
export function inboxRouter({ inbox, site }: { inbox: Inbox; site: Pick<Site, 'base'> }): Router {
  const formats = new Negotiator(['jsonld']);
  const here = `${site.base}/inbox`;
  const router = new Router();

  router.options('/inbox', (ctx) => {
    describe(ctx);
    ctx.set('Access-Control-Allow-Methods', ALLOW_FROM_PAGES);
    ctx.set('Access-Control-Allow-Headers', 'Accept');
    ctx.set('Access-Control-Max-Age', '86400');
    ctx.status = 204;
  });

  router.post('/inbox', async (ctx) => {
    describe(ctx);
    // A repetition gets the answer of the first time: senders look for 201 (section 3.3.1).
    const { id } = await receive(ctx);
    ctx.status = 201;
    ctx.set('Location', `${here}/${id}`);
    ctx.body = '';
  });

  router.get('/inbox', async (ctx) => {
    describe(ctx);
    const { after } = readQuery(ctx, listQuery);
    const { type } = formats.of(ctx);
    const page = await inbox.list({ limit: PAGE, ...(after !== undefined && { after }) });
    if (page === undefined) throw unknown(after ?? '');
    const last = page.notifications.at(-1);
    const next = page.more && last !== undefined ? `${here}?after=${last.id}` : undefined;
    if (next !== undefined) ctx.append('Link', `<${next}>; rel="next"`);
    const notifications = page.notifications.map(({ id, receivedAt }) => ({
      iri: `${here}/${id}`,
      receivedAt,
    }));
    sendJsonLd(ctx, type, inboxToJsonLd({ inbox: here, notifications, ...(next !== undefined && { next }) }));
  });

  router.get('/inbox/:id', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    const { type } = formats.of(ctx);
    const notification = await inbox.get(id);
    if (notification === undefined) throw unknown(id);
    ctx.vary('Accept');
    ctx.set('Cache-Control', REVALIDATE);
    ctx.set('Link', `<${here}>; rel="collection"`);
    const { digest, receivedAt, body } = notification;
    if (answerNotModified(ctx, { etag: `"${digest}"`, modified: receivedAt })) return;
    ctx.body = Buffer.from(body);
    ctx.set('Content-Type', type);
  });

  /** What a sender has to know before it sends. */
  function describe(ctx: Context): void {
    ctx.set('Allow', ALLOW);
    ctx.set('Accept-Post', NOTIFICATION_TYPE);
    ctx.set('Link', inboxLink(here));
  }

  async function receive(ctx: Context): Promise<{ id: string }> {
    const coding = ctx.get('Content-Encoding');
    if (coding !== '' && coding.toLowerCase() !== 'identity') {
      ctx.set('Accept-Encoding', 'identity');
      const detail = `The body is sent with the content coding ${coding.slice(0, 100)}; send it as it is.`;
      throw new HttpError(415, 'INBOX_CODING', 'The content coding is not accepted', detail);
    }
    const body = await readBody(ctx, inbox.limits.bytes);
    try {
      return await inbox.receive(body, ctx.get('Content-Type') || undefined);
    } catch (cause) {
      throw asHttpError(cause);
    }
  }

  return router;
}

function asHttpError(cause: unknown): unknown {
  if (!(cause instanceof LdnError || cause instanceof JsonLdError || cause instanceof InboxError))
    return cause;
  const { code, message, remedy, details } = cause;
  const [status, title] = refusals[code] ?? [422, 'The notification is not JSON-LD that is processed here'];
  return new HttpError(status, code, title, message, {
    ...(remedy !== undefined && { remedy }),
    extra: details,
    cause,
  });
}

function unknown(id: string): HttpError {
  const detail = `No notification has the id ${id.slice(0, 100)} here.`;
  return new HttpError(404, 'NOTIFICATION_UNKNOWN', 'No such notification', detail);
}
