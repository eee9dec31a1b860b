import Router from '@koa/router';
import { z } from 'zod';
import { isTombstone } from '../../../vocab/record.ts';
import { CSV, DATA_OR_PAGE, HTML, JSON_LD } from '../negotiation/formats.ts';
import { formerKeys } from '../records/former-keys.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { usageTables } from '../../usage-tables.ts';
import { usagePage } from '../pages/usage/index.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';
import { holdingOf } from '../records/lookup.ts';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { sendTable } from '../answers/send-table.ts';
import {
  periodParameters,
  recordUsageDocument,
  RecordUses,
  usageDocument,
  UseReports,
  usageTable,
} from '../usage/index.ts';

const table = z.enum(usageTables, `is none of ${usageTables.join(', ')}`).optional();
export const usageQuery = z.strictObject({ format, lang, table, ...periodParameters });
export const recordQuery = z.strictObject({ format, lang, ...periodParameters });

/**
 * `/usage`: how much the own records and those of the network are used, in a period, as a page, as JSON-LD, and table by table
 * as CSV; `/records/{key}/usage`: the use of one record and of the copies of its work.
 */
export function usageRouter(parts: PublicParts): Router {
  const { catalogue, clock, site, views } = parts;
  const reports = new UseReports(parts);
  const records = new RecordUses(parts);
  const formats = new Negotiator([...DATA_OR_PAGE, CSV]);
  const dataOrPage = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/usage', async (ctx) => {
    const { format, lang, table = 'months', ...asked } = readQuery(ctx, usageQuery);
    const { format: chosen, type } = formats.of(ctx, format);
    const report = await reports.of(asked);
    if (chosen === JSON_LD) {
      sendJsonLd(ctx, type, usageDocument(site, report));
    } else if (chosen === HTML) {
      const view = views.of(ctx, lang);
      sendPage(ctx, view, usagePage(view, report, clock.now()));
    } else {
      sendTable(ctx, `usage-${table}`, () => usageTable(parts, report, table));
    }
  });

  router.use('/records/:key', formerKeys(parts));

  router.get('/records/:key/usage', async (ctx) => {
    const { format, lang: _, ...asked } = readQuery(ctx, recordQuery);
    const { key, holding } = await holdingOf(catalogue.holdings, ctx.params['key'] ?? '');
    const { type, format: chosen } = dataOrPage.of(ctx, format);
    if (chosen === HTML) {
      ctx.vary('Accept');
      ctx.status = 303;
      ctx.redirect(`${site.base}/records/${key}${ctx.search}${isTombstone(holding) ? '' : '#use'}`);
      return;
    }
    const period = { ...asked, period: asked.period ?? 'all' };
    const [months, work] = await Promise.all([
      records.own(key, holding, period),
      records.copies(key, holding, period),
    ]);
    sendJsonLd(ctx, type, recordUsageDocument(site, { key, record: holding.id, months, work }));
  });

  return router;
}
