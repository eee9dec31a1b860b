import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isTombstone } from '../../../vocab/record.ts';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { answerNotModified, etagOf } from '../conditional.ts';
import { stageOf } from '../../analysis/works/index.ts';
import { reasonedDocument } from '../documents.ts';
import { reasonTexts } from '../related-reasons.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML } from '../formats.ts';
import { formerKeys } from '../former-keys.ts';
import { workProperties } from '../held-works.ts';
import { Negotiator } from '../negotiation.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, whole } from '../query.ts';
import { findRecordKey } from '../record-lookup.ts';
import { RecordPages } from '../record-pages.ts';
import { RECORD_FORMATS } from '../record-formats.ts';
import { recordLinkset } from '../record-links.ts';
import { sendRendered } from '../record-representations.ts';
import { REVALIDATE, sendJsonLd } from '../respond.ts';
import { comparisonDocument, evidenceBeside, evidenceProperties } from '../work-evidence.ts';

export const recordQuery = z.object({ format, lang });
export const copiesQuery = z.strictObject({ format, lang });
export const relatedQuery = z.strictObject({ format, lang, limit: whole(1, 50).optional() });
const RELATED = 10;

/** `/records/{key}` in all its formats, with `/related` and `/duplicates`. The key is the same at every node. */
export function recordRouter(parts: PublicParts): Router {
  const { catalogue, site, related, duplicates, lookups, items, works, representations, views } = parts;
  const pages = new RecordPages(parts);
  const formats = new Negotiator(RECORD_FORMATS);
  const dataOrPage = new Negotiator(DATA_OR_PAGE);
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
    const key = await heldKey(ctx.params['key'] ?? '');
    const holding = await catalogue.holdings.get(key);
    if (holding === undefined) throw unknownRecord(key);
    if (isTombstone(holding)) {
      throw new HttpError(
        410,
        'RECORD_GONE',
        'The record is gone',
        `${holding.oaiIdentifier} was withdrawn or deleted.`,
      );
    }
    const body = recordLinkset(site, key, holding, RECORD_FORMATS);
    ctx.set('Cache-Control', REVALIDATE);
    if (answerNotModified(ctx, { etag: etagOf(body) })) return;
    ctx.body = body;
    ctx.set('Content-Type', 'application/linkset+json');
  });

  router.get('/records/:key/related', async (ctx) => {
    const { format, lang, limit = RELATED } = readQuery(ctx, relatedQuery);
    const key = await heldKey(ctx.params['key'] ?? '');
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
    const key = await heldKey(ctx.params['key'] ?? '');
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
    const key = await heldKey(ctx.params['key'] ?? '');
    const other = await heldKey(ctx.params['other'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) return seeRecord(ctx, key, 'copies');
    const why = await duplicates.why(key, other);
    if (why === undefined) {
      const detail = `${key} and ${other} cannot be compared: they are one record, or one of them is gone or new.`;
      throw new HttpError(404, 'COMPARISON_UNKNOWN', 'There is nothing to compare', detail);
    }
    sendJsonLd(ctx, type, comparisonDocument(site, [key, other], why));
  });

  async function heldKey(text: string): Promise<string> {
    const key = await findRecordKey(catalogue.holdings, text);
    if (key === undefined) throw unknownRecord(text);
    return key;
  }

  async function redirectToKey(ctx: Context, text: string): Promise<void> {
    const key = await heldKey(text);
    ctx.status = 303;
    ctx.redirect(`${site.base}/records/${key}${ctx.search}`);
  }

  /** In a browser these lists are parts of the record's page. */
  function seeRecord(ctx: Context, key: string, part: string): void {
    ctx.vary('Accept');
    ctx.status = 303;
    ctx.redirect(`${site.base}/records/${key}${ctx.search}#${part}`);
  }

  return router;
}

function unknownRecord(text: string): HttpError {
  const shown = text.slice(0, 100);
  return new HttpError(404, 'RECORD_UNKNOWN', 'No such record', `No record is held here under ${shown}.`);
}
