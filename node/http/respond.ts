import type { Context } from 'koa';
import { answerNotModified, etagOf } from './conditional.ts';
import type { JsonLdObject } from '../../vocab/json-ld/index.ts';
import type { View } from './pages/view.ts';
import { documentHeaders } from './security-headers.ts';

/** A copy may be kept, but is shown only after asking: a withdrawal at the origin must be seen at once. */
export const REVALIDATE = 'no-cache';

/** Answers with a JSON-LD document, or 304 where the client has it. */
export function sendJsonLd(ctx: Context, type: string, document: JsonLdObject): void {
  const body = JSON.stringify(document);
  ctx.vary('Accept');
  ctx.set('Cache-Control', REVALIDATE);
  if (answerNotModified(ctx, { etag: etagOf(body) })) return;
  ctx.body = body;
  ctx.set('Content-Type', `${type}; charset=utf-8`);
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
  if (status === 200 && answerNotModified(ctx, { etag: etagOf(page) })) return;
  ctx.status = status;
  ctx.body = page;
  ctx.set('Content-Type', 'text/html; charset=utf-8');
}
