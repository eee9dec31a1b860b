import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { answerNotModified, etagOf } from '../answers/conditional.ts';
import { REVALIDATE } from '../answers/respond.ts';
import { HTML } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import type { SharedReadParts } from '../read-parts.ts';
import { RECORD_FORMATS } from '../records/formats.ts';
import { formerKeys } from '../records/former-keys.ts';
import { recordLinkset } from '../records/links.ts';
import { goneRecord, heldKeyOf, holdingOf, unknownRecord } from '../records/lookup.ts';
import { sendRendered } from '../records/representations.ts';
import { format, lang, readQuery } from '../requests/query.ts';
import { RecordPages } from './record-pages.ts';

export const recordQuery = z.object({ format, lang });

/** `/records/{key}` in all its formats. The key is the same at every node. */
export function recordRouter(parts: SharedReadParts): Router {
  const { catalogue, site, representations } = parts;
  const pages = new RecordPages(parts);
  const formats = new Negotiator(RECORD_FORMATS);
  const router = new Router();

  router.use('/records/:key', formerKeys(parts));

  router.get('/records/:key', async (ctx) => {
    const key = ctx.params['key'] ?? '';
    if (!isRecordKey(key)) return await redirectToKey(ctx, key);
    const query = ctx.querystring === '' ? {} : readQuery(ctx, recordQuery);
    const wanted = formats.of(ctx, query.format);
    if (wanted.format === HTML) {
      await pages.send(ctx, key, query.lang);
      return;
    }
    const rendered = await representations.get(key, wanted);
    if (rendered === undefined) throw unknownRecord(key);
    sendRendered(ctx, rendered);
  });

  router.get('/records/:key/linkset', async (ctx) => {
    const { key, holding } = await holdingOf(catalogue.holdings, ctx.params['key'] ?? '');
    if (isTombstone(holding)) throw goneRecord(holding);
    const body = recordLinkset(site, key, holding, RECORD_FORMATS);
    ctx.set('Cache-Control', REVALIDATE);
    if (answerNotModified(ctx, { etag: etagOf(body) })) return;
    ctx.body = body;
    ctx.set('Content-Type', 'application/linkset+json');
  });

  async function redirectToKey(ctx: Context, text: string): Promise<void> {
    const key = await heldKeyOf(catalogue.holdings, text);
    ctx.status = 303;
    ctx.redirect(`${site.base}/records/${key}${ctx.search}`);
  }

  return router;
}
