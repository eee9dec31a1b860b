import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { encodeSummary, MONTH, type SignedSummary } from '../../../protocols/usage-summary/index.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { SummaryFilter } from '../../analysis/regional-usage/index.ts';
import { HttpError } from '../errors.ts';
import { CSV, JSON_LD, type Format } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { nodeId, optionalNodeId, readQuery } from '../requests/query.ts';
import { REVALIDATE, sendJsonLd } from '../answers/respond.ts';
import { sendText } from '../answers/send-text.ts';
import type { Site } from '../site.ts';
import {
  shownBy,
  summariesDocument,
  summariesTable,
  summaryDocument,
  summaryItem,
  summaryLines,
  worksDocument,
  worksTable,
  type ShownSummary,
  type ToldUsage,
} from '../usage/index.ts';

/** A JSON-LD document on each line. */
const LINES: Format = {
  name: 'ndjson',
  label: 'NDJSON-LD',
  types: ['application/x-ndjson', 'application/ndjson'],
};
/** The bytes that the node signed. */
const CBOR: Format = {
  name: 'cbor',
  label: 'DAG-CBOR',
  types: ['application/vnd.ipld.dag-cbor', 'application/cbor'],
};
const LIST = [JSON_LD, LINES, CSV] as const;
const ONE = [JSON_LD, CBOR] as const;
const WORKS = [JSON_LD, CSV] as const;

const formatOf = (formats: readonly Format[]) => {
  const names = formats.map(({ name }) => name);
  return z.enum(names, `is none of ${names.join(', ')}`).optional();
};
const month = z.string().regex(MONTH, 'is no month such as 2026-01').optional();
export const listQuery = z.strictObject({
  format: formatOf(LIST),
  from: month,
  to: month,
  node: optionalNodeId,
  network: z.string().max(100, 'is longer than 100 characters').optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is no country such as MX')
    .optional(),
});

/**
 * `/usage/summaries`: all monthly summaries that are held, in one call, for who adds up a region: as JSON-LD, as lines of
 * JSON-LD, as a table. `/usage/summaries/{node}/{month}`: one, also as the bytes that were signed; `…/works`: its works.
 */
export function usageSummariesRouter({
  regionalUsage,
  site,
}: {
  regionalUsage: ToldUsage;
  site: Site;
}): Router {
  const [lists, ones, works] = [new Negotiator(LIST), new Negotiator(ONE), new Negotiator(WORKS)];
  const router = new Router();

  router.get('/usage/summaries', async (ctx) => {
    const { format, ...filter } = readQuery(ctx, listQuery);
    const { format: chosen, type } = lists.of(ctx, format);
    // Now, before anything is sent: what it finds goes with each summary as it is read.
    const shown = shownBy(await regionalUsage.coverage(filter));
    if (chosen === CSV)
      sendStream(ctx, 'text/csv; header=present', 'usage', () => summariesTable(all(filter, shown)));
    else if (chosen === LINES)
      sendStream(ctx, type, undefined, () => summaryLines(site, items(filter, shown)));
    else sendStream(ctx, type, undefined, () => summariesDocument(site, ctx.search, items(filter, shown)));
  });

  router.get('/usage/summaries/:node/:month', async (ctx) => {
    const { format } = readQuery(ctx, z.object({ format: formatOf(ONE) }));
    const { format: chosen, type } = ones.of(ctx, format);
    const summary = await told(ctx);
    const signed = encodeSummary(summary);
    if (chosen === CBOR) {
      ctx.vary('Accept');
      ctx.set('Cache-Control', REVALIDATE);
      ctx.body = Buffer.from(signed);
      ctx.set('Content-Type', type);
      return;
    }
    sendJsonLd(ctx, type, summaryDocument(site, await shownOf(summary), signed));
  });

  router.get('/usage/summaries/:node/:month/works', async (ctx) => {
    const { format } = readQuery(ctx, z.object({ format: formatOf(WORKS) }));
    const { format: chosen, type } = works.of(ctx, format);
    const summary = await told(ctx);
    const { node, month } = summary;
    if ((await shownOf(summary)).works === 'none') {
      throw new HttpError(
        404,
        'USAGE_WORKS_UNKNOWN',
        'Not held',
        `The works of ${month} of that node have not been fetched yet.`,
      );
    }
    const rows = regionalUsage.works(node, month);
    if (chosen === CSV) sendStream(ctx, 'text/csv; header=present', `works-${month}`, () => worksTable(rows));
    else sendStream(ctx, type, undefined, () => worksDocument(site, summary, rows));
  });

  async function told(ctx: Context): Promise<SignedSummary> {
    const { node = '', month = '' } = ctx['params'] as Record<string, string>;
    const isName = nodeId.safeParse(node).success && MONTH.test(month);
    const summary = isName ? await regionalUsage.summary(node, month) : undefined;
    if (summary !== undefined) return summary;
    throw new HttpError(
      404,
      'USAGE_SUMMARY_UNKNOWN',
      'No such summary',
      'That node has told nothing here of that month.',
    );
  }

  async function shownOf(summary: SignedSummary): Promise<ShownSummary> {
    const { node, month } = summary;
    return shownBy(await regionalUsage.coverage({ node, from: month, to: month }))(summary);
  }

  async function* all(
    filter: SummaryFilter,
    shown: (summary: SignedSummary) => ShownSummary,
  ): AsyncGenerator<ShownSummary> {
    for await (const summary of regionalUsage.summaries(filter)) yield shown(summary);
  }

  async function* items(
    filter: SummaryFilter,
    shown: (summary: SignedSummary) => ShownSummary,
  ): AsyncGenerator<JsonLdObject> {
    for await (const one of all(filter, shown)) yield summaryItem(site, one, encodeSummary(one.summary));
  }

  return router;
}

/** @param file its name where it is saved, without the ending */
function sendStream(
  ctx: Context,
  type: string,
  file: string | undefined,
  body: () => AsyncIterable<string>,
): void {
  ctx.vary('Accept');
  ctx.set('Cache-Control', REVALIDATE);
  if (file !== undefined) ctx.set('Content-Disposition', `attachment; filename="${file}.csv"`);
  sendText(ctx, { type: `${type}; charset=utf-8`, body });
}
