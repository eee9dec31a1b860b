import Router from '@koa/router';
import { z } from 'zod';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { statementsPage } from '../pages/statements.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, recordKey, recordPair, whole } from '../requests/query.ts';
import { statementsDocument } from '../works/statements-document.ts';

const PAGE = 100;
export const query = z.strictObject({
  format,
  lang,
  record: recordKey.optional(),
  after: recordPair.optional(),
  limit: whole(1, 500).optional(),
});

/** `/statements`: what this node says of records that are of one work, or are not; all, or what is about a record. */
export function statementsRouter({ statements, items, site, views }: PublicParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/statements', async (ctx) => {
    const { format, lang, record, after, limit = PAGE } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const found = statements.list({
      limit,
      ...(record !== undefined && { record }),
      ...(after !== undefined && { after }),
    });
    const held = await items.of([...new Set(found.flatMap(({ records }) => records))]);
    const byKey = new Map(held.map((item) => [item.key, item]));
    const next = found.length < limit ? undefined : found.at(-1)?.records.join('!');
    if (chosen === JSON_LD) {
      const list = {
        path: '/statements',
        parameters: { record },
        page: after === undefined ? undefined : { after: after.join('!') },
        ...(next !== undefined && { next: { after: next } }),
      };
      sendJsonLd(ctx, type, statementsDocument(site, list, found, byKey));
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, statementsPage(view, { statements: found, items: byKey, next }));
  });

  return router;
}
