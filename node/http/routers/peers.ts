import Router from '@koa/router';
import { z } from 'zod';
import { peersDocument } from '../documents.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import { peersPage } from '../pages/peers.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, whole } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const PAGE = 200;
const query = z.strictObject({ format, lang, page: whole(1, 1_000).optional() });

/** `/peers`: the nodes that this one knows, itself first. */
export function peersRouter({ federation, site, views }: PublicParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/peers', (ctx) => {
    const { format, lang, page = 1 } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const all = federation.peers();
    const peers = all.slice((page - 1) * PAGE, page * PAGE);
    const hasMore = all.length > page * PAGE;
    if (chosen === JSON_LD) {
      const list = {
        path: '/peers',
        parameters: {},
        page: page === 1 ? undefined : { page },
        ...(hasMore && { next: { page: page + 1 } }),
        ...(page > 1 && { prev: { page: page - 1 } }),
      };
      sendJsonLd(ctx, type, peersDocument(site, list, peers, all.length));
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, peersPage(view, { peers, page, hasMore }));
  });

  return router;
}
