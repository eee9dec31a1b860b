import type Router from '@koa/router';
import { z } from 'zod';
import { CSV, HTML, JSON_LD } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import { planSPage } from '../pages/plan-s/index.ts';
import { PLAN_S, planSDocument } from '../plan-s/document.ts';
import { planSTable } from '../plan-s/table.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';
import { sendTable } from '../send-table.ts';

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
