import type { Context } from 'koa';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { contentType, JSON_LD, type Representation } from '../negotiation/formats.ts';
import type { View } from '../pages/view.ts';
import { etagOf } from './conditional.ts';
import { documentHeaders } from './security-headers.ts';
import { sendText } from './send-text.ts';

/** A copy may be kept, but is shown only after asking: a withdrawal at the origin must be seen at once. */
export const REVALIDATE = 'no-cache';

/** Answers with a JSON-LD document, or 304 where the client has it. */
export function sendJsonLd(ctx: Context, type: string, document: JsonLdObject): void {
  sendData(ctx, { format: JSON_LD, type }, JSON.stringify(document));
}

/** Answers with a document in one of the formats that it can be had as, or 304 where the client has it. */
export function sendData(ctx: Context, representation: Representation, body: string): void {
  ctx.vary('Accept');
  ctx.set('Cache-Control', REVALIDATE);
  sendText(ctx, { type: contentType(representation), validators: { etag: etagOf(body) }, body });
}

/**
 * Answers with a page, or 304 where the browser has it. A page depends on several things that change by themselves
 * (clusters, related items, usage), so its entity tag is of its text.
 */
export function sendPage(ctx: Context, view: View, page: string, status = 200): void {
  documentHeaders(ctx);
  ctx.vary(['Accept', 'Accept-Language']);
  ctx.set('Cache-Control', REVALIDATE);
  ctx.set('Content-Language', view.locale.language);
  const type = 'text/html; charset=utf-8';
  if (status === 200) return sendText(ctx, { type, validators: { etag: etagOf(page) }, body: page });
  ctx.status = status;
  ctx.body = page;
  ctx.set('Content-Type', type);
}
