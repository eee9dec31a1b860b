import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { stageOf } from '../../analysis/works/index.ts';
import { sendJsonLd } from '../answers/respond.ts';
import { reasonedDocument } from '../documents/records.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import type { PublicParts } from '../public-parts.ts';
import { formerKeys } from '../records/former-keys.ts';
import { heldKeyOf } from '../records/lookup.ts';
import { reasonTexts } from '../pages/related-reasons.ts';
import { format, lang, readQuery, whole } from '../requests/query.ts';
import { comparisonDocument, evidenceBeside, evidenceProperties } from '../works/evidence.ts';
import { workProperties } from '../works/held-works.ts';

export const copiesQuery = z.strictObject({ format, lang });
export const relatedQuery = z.strictObject({ format, lang, limit: whole(1, 50).optional() });
const RELATED = 10;

/** What is worked out of a record: `/records/{key}/related`, and `/duplicates` with why they are such. */
export function recordRelationsRouter(parts: PublicParts): Router {
  const { catalogue, site, related, duplicates, lookups, items, works, views } = parts;
  const dataOrPage = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.use('/records/:key', formerKeys(parts));

  router.get('/records/:key/related', async (ctx) => {
    const { format, lang, limit = RELATED } = readQuery(ctx, relatedQuery);
    const key = await heldKeyOf(catalogue.holdings, ctx.params['key'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) return seeRecord(ctx, key, 'related');
    const found = await related.related(key, limit);
    const byKey = new Map(
      (await items.recordsOf(found.map(({ key }) => key))).map((item) => [item.key, item]),
    );
    ctx.vary('Accept-Language');
    const { t } = views.of(ctx, lang);
    const listed = found.flatMap(({ key, score, reasons }) => {
      const item = byKey.get(key);
      return item === undefined ? [] : [{ ...item, score, reasons: reasonTexts(t, reasons) }];
    });
    const id = `${site.base}/records/${key}/related`;
    sendJsonLd(ctx, type, reasonedDocument(site, id, 'Related items', listed));
  });

  router.get('/records/:key/duplicates', async (ctx) => {
    const { format } = readQuery(ctx, copiesQuery);
    const key = await heldKeyOf(catalogue.holdings, ctx.params['key'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) return seeRecord(ctx, key, 'copies');
    const [work, elsewhere] = await Promise.all([works.of(key), lookups.copiesOf(key)]);
    const copies = (work?.records ?? []).filter((copy) => copy.key !== key);
    const evidence = await evidenceBeside(duplicates, key, { records: copies });
    const listed = copies.map((copy) => ({
      ...copy,
      stage: stageOf(copy.holding),
      ...evidenceProperties(evidence.get(copy.key)),
    }));
    const lookedUp = elsewhere.map(({ record, reasons }) => ({
      holding: record,
      reasons,
      lookedUp: true as const,
    }));
    const id = `${site.base}/records/${key}/duplicates`;
    const all = [...listed, ...lookedUp];
    const { orderedItems, ...document } = reasonedDocument(site, id, 'Other records of the same work', all);
    sendJsonLd(ctx, type, { ...document, ...(work && workProperties(site, work)), orderedItems });
  });

  router.get('/records/:key/duplicates/:other', async (ctx) => {
    const { format } = readQuery(ctx, copiesQuery);
    const key = await heldKeyOf(catalogue.holdings, ctx.params['key'] ?? '');
    const other = await heldKeyOf(catalogue.holdings, ctx.params['other'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) return seeRecord(ctx, key, 'copies');
    const why = await duplicates.why(key, other);
    if (why === undefined) {
      const detail = `${key} and ${other} cannot be compared: they are one record, or one of them is gone or new.`;
      throw new HttpError(404, 'COMPARISON_UNKNOWN', 'There is nothing to compare', detail);
    }
    sendJsonLd(ctx, type, comparisonDocument(site, [key, other], why));
  });

  /** In a browser these lists are parts of the record's page. */
  function seeRecord(ctx: Context, key: string, part: string): void {
    ctx.vary('Accept');
    ctx.status = 303;
    ctx.redirect(`${site.base}/records/${key}${ctx.search}#${part}`);
  }

  return router;
}
