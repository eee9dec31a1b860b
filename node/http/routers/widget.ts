import Router from '@koa/router';
import { z } from 'zod';
import { etagOf } from '../answers/conditional.ts';
import { sendText } from '../answers/send-text.ts';
import type { Assets } from '../assets.ts';
import { localeOf } from '../messages/index.ts';
import type { PublicParts } from '../public-parts.ts';
import { findItem } from '../records/item-lookup.ts';
import { widgetDocument } from '../related/widget-document.ts';
import { lang, readQuery, several, whole, words } from '../requests/query.ts';

const LIMIT = 5;
/** A page says by several names which item it is about. */
const MOST_NAMES = 10;
const query = z.strictObject({
  item: several(words(2_000), MOST_NAMES).refine((names) => names.length > 0, 'is missing'),
  lang,
  limit: whole(1, 20).optional(),
});

/** Browsers ask again after an hour; a new version is in use everywhere a day after an update at the latest. */
const SCRIPT_CACHE = 'public, max-age=3600, stale-while-revalidate=86400';
/** As long a withdrawn item may still be named on others' pages; it leads to its tombstone. */
const ANSWER_CACHE = 'public, max-age=300';

/** `/widget.js`, which shows related items on the pages of other sites (docs/widget.md). */
export function widgetScriptRouter({ widget }: Pick<Assets, 'widget'>): Router {
  const router = new Router();
  const script = widget.body.toString();
  const etag = etagOf(widget.body);

  router.get('/widget.js', (ctx) => {
    ctx.set('Cache-Control', SCRIPT_CACHE);
    // Also for sites that let in only what says that it may be (COEP; Fetch, section 3.7).
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    sendText(ctx, { type: widget.type, validators: { etag }, body: script });
  });
  return router;
}

/** `/widget/related`, where it gets them. What is answered depends on the address alone, so that shared caches can keep it. */
export function widgetRouter({
  catalogue,
  items,
  related,
  site,
}: Pick<PublicParts, 'catalogue' | 'items' | 'related' | 'site'>): Router {
  const router = new Router();

  router.get('/widget/related', async (ctx) => {
    const { item: names, lang = 'en', limit = LIMIT } = readQuery(ctx, query);
    const key = await findItem(catalogue.holdings, site.node, names);
    const found = key === undefined ? [] : await related.related(key, limit);
    const byKey = new Map(found.map(({ key, reasons }) => [key, reasons]));
    const held = await items.recordsOf([...byKey.keys()]);
    const listed = held.map((item) => ({ ...item, reasons: byKey.get(item.key) ?? [] }));
    const body = JSON.stringify(widgetDocument(site, localeOf(lang), { key, items: listed }));
    ctx.set('Cache-Control', ANSWER_CACHE);
    sendText(ctx, {
      type: 'application/json; charset=utf-8',
      validators: { etag: etagOf(body) },
      body,
    });
  });

  return router;
}
