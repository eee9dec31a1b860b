import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { isTombstone } from '../../../vocab/record.ts';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { answerNotModified, etagOf, isNotModified } from '../conditional.ts';
import { prefersGzip } from '../content-coding.ts';
import { reasonedDocument } from '../documents.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, whole } from '../query.ts';
import { findRecordKey } from '../record-lookup.ts';
import { RecordPages } from '../record-pages.ts';
import { RECORD_FORMATS } from '../record-formats.ts';
import { recordLinkset } from '../record-links.ts';
import { RecordRepresentations, type RenderedRecord } from '../record-representations.ts';
import { REVALIDATE, sendJsonLd } from '../respond.ts';

const recordQuery = z.object({ format, lang });
const copiesQuery = z.strictObject({ format, lang });
const relatedQuery = z.strictObject({ format, lang, limit: whole(1, 50).optional() });
const RELATED = 10;

/** `/records/{key}` in all its formats, with `/related` and `/duplicates`. The key is the same at every node. */
export function recordRouter(parts: PublicParts): Router {
  const { catalogue, site, related, duplicates, lookups, items } = parts;
  const representations = new RecordRepresentations({
    catalogue,
    site,
    announcements: parts.notifications.announcements,
  });
  const pages = new RecordPages(parts);
  const formats = new Negotiator(RECORD_FORMATS);
  const dataOrPage = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  /** A record whose node has another key now is another one, of the same item. */
  router.use('/records/:key', async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const key = ctx.params['key'] ?? '';
      const isUnknown = error instanceof HttpError && error.code === 'RECORD_UNKNOWN';
      const now = isUnknown && isRecordKey(key) ? await catalogue.holdings.movedTo(key) : undefined;
      if (now === undefined) throw error;
      ctx.status = 308;
      ctx.redirect(`${site.base}/records/${now}${ctx.path.split(key)[1] ?? ''}${ctx.search}`);
    }
  });

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
    const { gzipped } = rendered;
    const isGzipWanted = gzipped !== undefined && prefersGzip(ctx.req.headers['accept-encoding']);
    send(ctx, isGzipWanted ? gzipped : rendered);
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
    const { format, limit = RELATED } = readQuery(ctx, relatedQuery);
    const key = await heldKey(ctx.params['key'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) return seeRecord(ctx, key, 'related');
    const found = await related.related(key, limit);
    const byKey = new Map(
      (await items.recordsOf(found.map(({ key }) => key))).map((item) => [item.key, item]),
    );
    const listed = found.flatMap(({ key, score, reason }) => {
      const item = byKey.get(key);
      return item === undefined ? [] : [{ ...item, score, reasons: reason }];
    });
    const id = `${site.base}/records/${key}/related`;
    sendJsonLd(ctx, type, reasonedDocument(site, id, 'Related items', listed));
  });

  router.get('/records/:key/duplicates', async (ctx) => {
    const { format } = readQuery(ctx, copiesQuery);
    const key = await heldKey(ctx.params['key'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) return seeRecord(ctx, key, 'copies');
    const [copies, elsewhere] = await Promise.all([
      duplicates.copiesOf(key).then((keys) => items.recordsOf(keys)),
      lookups.copiesOf(key),
    ]);
    const listed = await Promise.all(
      copies.map(async (copy) => ({ ...copy, reasons: await duplicates.explain(key, copy.key) })),
    );
    const lookedUp = elsewhere.map(({ record, reasons }) => ({
      holding: record,
      reasons,
      lookedUp: true as const,
    }));
    const id = `${site.base}/records/${key}/duplicates`;
    const all = [...listed, ...lookedUp];
    sendJsonLd(ctx, type, reasonedDocument(site, id, 'Other records of the same work', all));
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

function send(ctx: Context, { status, body, head, headNotModified, validators }: RenderedRecord): void {
  if (status === 200 && isNotModified(ctx, validators)) ctx.res.writeHead(304, [...headNotModified]).end();
  else ctx.res.writeHead(status, [...head]).end(body);
}

function unknownRecord(text: string): HttpError {
  const shown = text.slice(0, 100);
  return new HttpError(404, 'RECORD_UNKNOWN', 'No such record', `No record is held here under ${shown}.`);
}
