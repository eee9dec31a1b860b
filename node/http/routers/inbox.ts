import { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Logger } from 'pino';
import { z } from 'zod';
import { CoarNotifyError, constraintsToJsonLd } from '../../../protocols/coar-notify/index.ts';
import {
  inboxToJsonLd,
  LDP_CONSTRAINED_BY,
  LDP_INBOX,
  LdnError,
  NOTIFICATION_TYPES,
} from '../../../protocols/ldn/index.ts';
import { writeLinkHeader } from '../../../protocols/signposting/index.ts';
import { JsonLdError } from '../../../vocab/json-ld/index.ts';
import {
  NotificationError,
  reasonText,
  type Notifications,
  type Receipt,
} from '../../notifications/index.ts';
import { answerNotModified } from '../answers/conditional.ts';
import { REVALIDATE, sendJsonLd, sendPage } from '../answers/respond.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { inboxPage } from '../pages/inbox.ts';
import type { Views } from '../pages/view.ts';
import { readBody } from '../requests/body.ts';
import { format, lang, readQuery, words } from '../requests/query.ts';
import type { Site } from '../site.ts';

const PAGE = 100;
const ALLOW = 'GET, HEAD, POST, OPTIONS';
/** What another site's page may do; it may not write here with its visitors' browsers. */
const ALLOW_FROM_PAGES = 'GET, HEAD, OPTIONS';
const listQuery = z.strictObject({ after: words(100).optional() });
const constraintsQuery = z.object({ format, lang });

/** By the code of what `Inbox.receive` throws: the status, and the kind of problem. Others are 422. */
const refusals: Readonly<Record<string, readonly [status: number, title: string]>> = {
  LDN_WRONG_TYPE: [415, 'The content type is not accepted'],
  LDN_NOT_JSON: [400, 'The body is no JSON'],
  LDN_NOT_TURTLE: [400, 'The body is no Turtle'],
  LDN_NO_STATEMENT: [422, 'The notification cannot be processed'],
  JSON_LD_UNKNOWN_CONTEXT: [422, 'The context is not known'],
  NOTIFY_INVALID: [422, 'The notification is not as COAR Notify has it'],
  NOTIFY_NOT_OWN_RECORD: [422, 'The record is another institution’s'],
  NOTIFY_RECORD_GONE: [422, 'The record is gone'],
  NOTIFY_ILLEGAL_MOVE: [409, 'The conversation does not stand so that this could follow'],
  INBOX_CONFLICT: [409, 'The id is taken'],
  INBOX_TOO_LARGE: [413, 'The notification is too large'],
  INBOX_ORIGIN_UNKNOWN: [403, 'The sender is not known'],
  INBOX_ORIGIN_REFUSED: [403, 'The sender is refused'],
  INBOX_ORIGIN_FORGED: [403, 'The origin is not who sends'],
  INBOX_ORIGIN_QUOTA: [429, 'Too many notifications'],
  INBOX_FULL: [507, 'The inbox is full'],
};

interface InboxRouterParts {
  notifications: Pick<Notifications, 'inbox'>;
  site: Pick<Site, 'base'>;
  views: Views;
  log: Logger;
}

/**
 * `/inbox`: the receiver of Linked Data Notifications (W3C Recommendation, 2 May 2017, section 3.3): takes notifications
 * by POST, lists them, gives each as it came, and tells at `/inbox/constraints` what it takes.
 */
export function inboxRouter({ notifications, site, views, log }: InboxRouterParts): Router {
  const { inbox } = notifications;
  const formats = new Negotiator([JSON_LD]);
  const dataOrPage = new Negotiator(DATA_OR_PAGE);
  const here = `${site.base}/inbox`;
  const constraints = `${here}/constraints`;
  const links = writeLinkHeader([
    { href: here, rel: LDP_INBOX },
    { href: constraints, rel: LDP_CONSTRAINED_BY },
  ]);
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
    const { notification } = await receive(ctx);
    const { id, state, why } = notification;
    ctx.status = 201;
    ctx.set('Location', `${here}/${id}`);
    ctx.body = { id: `${here}/${id}`, state, why, detail: reasonText(why) };
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
    const listed = page.notifications.map(({ id, at }) => ({ iri: `${here}/${id}`, receivedAt: at }));
    const listing = { inbox: here, constraints, notifications: listed, ...(next !== undefined && { next }) };
    sendJsonLd(ctx, type, inboxToJsonLd(listing));
  });

  router.get('/inbox/constraints', (ctx) => {
    const query = readQuery(ctx, constraintsQuery);
    const { format: chosen, type } = dataOrPage.of(ctx, query.format);
    const view = views.of(ctx, chosen === HTML ? query.lang : 'en');
    const { bytes, waitingOfOrigin } = inbox.limits;
    const rules = view.t.inbox.rules(view.locale.size(bytes), view.locale.number(waitingOfOrigin));
    ctx.set('Link', writeLinkHeader([{ href: here, rel: LDP_INBOX }]));
    if (chosen === HTML) sendPage(ctx, view, inboxPage(view, rules));
    else sendJsonLd(ctx, type, constraintsToJsonLd(constraints, rules));
  });

  router.get('/inbox/:id', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    const { type } = formats.of(ctx);
    const notification = await inbox.get(id);
    if (notification === undefined) throw unknown(id);
    if (notification === 'gone') {
      throw new HttpError(410, 'NOTIFICATION_GONE', 'The notification is gone', 'It was turned down here.');
    }
    ctx.vary('Accept');
    ctx.set('Cache-Control', REVALIDATE);
    ctx.set('Link', `<${here}>; rel="collection"`);
    const { digest, at, body } = notification;
    if (answerNotModified(ctx, { etag: `"${digest}"`, modified: at })) return;
    ctx.body = Buffer.from(body);
    ctx.set('Content-Type', type);
  });

  /** What a sender has to know before it sends. */
  function describe(ctx: Context): void {
    ctx.set('Allow', ALLOW);
    ctx.set('Accept-Post', NOTIFICATION_TYPES.join(', '));
    ctx.set('Link', links);
  }

  async function receive(ctx: Context): Promise<Receipt> {
    const coding = ctx.get('Content-Encoding');
    if (coding !== '' && coding.toLowerCase() !== 'identity') {
      ctx.set('Accept-Encoding', 'identity');
      const detail = `The body is sent with the content coding ${coding.slice(0, 100)}; send it as it is.`;
      throw new HttpError(415, 'INBOX_CODING', 'The content coding is not accepted', detail);
    }
    const body = await readBody(ctx, inbox.limits.bytes);
    try {
      return await inbox.receive(body, ctx.get('Content-Type') || undefined, ctx.ip);
    } catch (cause) {
      throw refused(ctx, cause);
    }
  }

  /** What the sender is told, and the log: nothing is turned away in silence. */
  function refused(ctx: Context, cause: unknown): unknown {
    if (!isRefusal(cause)) return cause;
    const { code, message, remedy, details } = cause;
    const [status, title] = refusals[code] ?? [422, 'The notification is not JSON-LD that is processed here'];
    const { retryAfter } = details;
    if (typeof retryAfter === 'number') ctx.set('Retry-After', String(retryAfter));
    log.info({ code, detail: message }, 'a notification was refused');
    return new HttpError(status, code, title, message, {
      ...(remedy !== undefined && { remedy }),
      extra: { ...details, constraints },
      cause,
    });
  }

  return router;
}

function isRefusal(cause: unknown): cause is LdnError | JsonLdError | CoarNotifyError | NotificationError {
  return [LdnError, JsonLdError, CoarNotifyError, NotificationError].some((type) => cause instanceof type);
}

function unknown(id: string): HttpError {
  const detail = `No notification has the id ${id.slice(0, 100)} here.`;
  return new HttpError(404, 'NOTIFICATION_UNKNOWN', 'No such notification', detail);
}
