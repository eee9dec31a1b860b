import Router from '@koa/router';
import { z } from 'zod';
import { peersDocument } from '../documents.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { listedPeers, peerParameters } from '../listed-peers.ts';
import { Negotiator } from '../negotiation.ts';
import { peersPage } from '../pages/peers/index.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

export const query = z.strictObject({ format, lang, ...peerParameters });

/** `/peers`: the nodes that this one knows, itself first; all, or those of a network or in a state. */
export function peersRouter({ federation, site, views }: PublicParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/peers', (ctx) => {
    const { format, lang, ...asked } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const listed = listedPeers(federation.peers(), site.networks, asked);
    if (chosen === JSON_LD) {
      const { page, hasMore, total, peers } = listed;
      const { network, state } = listed.chosen;
      const list = {
        path: '/peers',
        parameters: { network, state: state === 'all' ? undefined : state },
        page: page === 1 ? undefined : { page },
        ...(hasMore && { next: { page: page + 1 } }),
        ...(page > 1 && { prev: { page: page - 1 } }),
      };
      sendJsonLd(ctx, type, peersDocument(site, list, peers, total));
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, peersPage(view, listed));
  });

  return router;
}
