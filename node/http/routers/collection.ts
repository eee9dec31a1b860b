import Router from '@koa/router';
import { z } from 'zod';
import type { NodeId } from '../../../vocab/record.ts';
import { recordsDocument } from '../documents.ts';
import { Negotiator } from '../negotiation.ts';
import type { HeldItem } from '../pages/record-line.ts';
import { recordsPage } from '../pages/records.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, optionalNodeId, readQuery, whole } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const PAGE = 50;
const query = z.object({
  format,
  lang,
  origin: optionalNodeId,
  before: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  limit: whole(1, 200).optional(),
});

/** `/records`: everything that is held, or one institution's, newest change first; tombstones are among them. */
export function collectionRouter(parts: PublicParts): Router {
  const { catalogue, institutions, items, site, views } = parts;
  const formats = new Negotiator(['jsonld', 'html']);
  const router = new Router();

  router.get('/records', async (ctx) => {
    const { format, lang, origin, before, limit = PAGE } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const page = origin === undefined ? await ofAll(before, limit) : await ofOne(origin, before, limit);
    if (chosen === 'jsonld') {
      const list = {
        path: '/records',
        parameters: { origin, ...(limit !== PAGE && { limit }) },
        page: before === undefined ? undefined : { before },
        ...(page.next !== undefined && { next: { before: page.next } }),
      };
      sendJsonLd(ctx, type, recordsDocument(site, list, { items: page.items, total: totalOf(origin) }));
      return;
    }
    const view = views.of(ctx, lang);
    const shown = origin === undefined ? undefined : institutions.of(origin);
    sendPage(
      ctx,
      view,
      recordsPage(view, {
        ...page,
        origin: shown,
        institutions: institutions.all(),
        isFirst: before === undefined,
      }),
    );
  });

  /** In the order in which this node took changes in. */
  async function ofAll(before: number | undefined, limit: number): Promise<Page> {
    const changes = await catalogue.log.before(before, limit + 1);
    const shown = changes.slice(0, limit);
    const listed = shown.flatMap(({ key, holding }) =>
      holding === undefined ? [] : [{ key, holding, institution: institutions.of(holding.node) }],
    );
    return { items: listed, next: changes.length > limit ? shown.at(-1)?.position : undefined };
  }

  /** In the order of the origin's own feed. */
  async function ofOne(origin: NodeId, before: number | undefined, limit: number): Promise<Page> {
    const entries = await catalogue.feeds.newest(origin, before, limit + 1);
    const shown = entries.slice(0, limit);
    const next = entries.length > limit ? shown.at(-1)?.seq : undefined;
    return { items: await items.of(shown.map(({ key }) => key)), next };
  }

  /** Records and tombstones, as the pages list both. */
  function totalOf(origin: NodeId | undefined): number {
    const states = catalogue.feeds.states().filter(({ node }) => origin === undefined || node === origin);
    return states.reduce((sum, { live }) => sum + live, 0);
  }

  return router;
}

interface Page {
  items: HeldItem[];
  /** Where the next page begins. */
  next: number | undefined;
}
