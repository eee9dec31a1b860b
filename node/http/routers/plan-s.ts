import type Router from '@koa/router';
import { z } from 'zod';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { sendTable } from '../answers/send-table.ts';
import { CSV, HTML, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { planSPage } from '../pages/plan-s/index.ts';
import { PLAN_S, planSDocument } from '../plan-s/document.ts';
import { planSTable } from '../plan-s/table.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';

export const query = z.object({ format, lang });

/** `/assessments/plan-s`: how the institution's repository stands by the requirements of Plan S. */
export function planSRoutes(router: Router, { planS, site, views }: PublicParts): void {
  const formats = new Negotiator([JSON_LD, HTML, CSV]);

  router.get(PLAN_S, async (ctx) => {
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const report = await planS.report();
    if (chosen === JSON_LD) return sendJsonLd(ctx, type, planSDocument(site, report));
    if (chosen === CSV) return sendTable(ctx, 'plan-s', [...planSTable(report)].join(''));
    const view = views.of(ctx, lang);
    return sendPage(ctx, view, planSPage(view, report));
  });
}
