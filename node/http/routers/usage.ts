import Router from '@koa/router';
import { z } from 'zod';
import { usageDocument } from '../documents.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import { usagePage, type UsageData } from '../pages/usage.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const TOP = 10;
const query = z.object({ format, lang });

/** `/usage`: the network's sums, by month and by node, and this node's most used records. */
export function usageRouter({ institutions, items, site, usage, views }: PublicParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/usage', async (ctx) => {
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const totals = await usage.totals();
    const nameOf = (node: string): string => institutions.of(node).name;
    if (chosen === JSON_LD) {
      sendJsonLd(ctx, type, usageDocument(site, totals, nameOf));
      return;
    }
    const view = views.of(ctx, lang);
    const tellers = totals.nodes
      .toSorted((a, b) => b.investigations - a.investigations)
      .map(({ node }) => institutions.of(node));
    sendPage(
      ctx,
      view,
      usagePage(view, { totals, institutions: tellers, nameOf, top: await topOfLastMonth() }),
    );
  });

  async function topOfLastMonth(): Promise<UsageData['top']> {
    const last = (await usage.own()).reduce<Awaited<ReturnType<typeof usage.own>>[number] | undefined>(
      (latest, month) => (latest === undefined || month.month > latest.month ? month : latest),
      undefined,
    );
    if (last === undefined) return undefined;
    const counts = new Map(last.items.slice(0, TOP).map((item) => [item.key, item]));
    const held = await items.of([...counts.keys()]);
    return {
      month: last.month,
      items: held.flatMap((item) => {
        const count = counts.get(item.key);
        return count === undefined ? [] : [{ ...count, ...item }];
      }),
    };
  }

  return router;
}
