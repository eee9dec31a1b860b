import Router from '@koa/router';
import { z } from 'zod';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { byNumber } from '../documents/list-page.ts';
import { DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { peersPage } from '../pages/peers/index.ts';
import { peersDocument } from '../peers/document.ts';
import { listedPeers, peerParameters } from '../peers/listed-peers.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';

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
        ...byNumber(page, hasMore),
      };
      sendJsonLd(ctx, type, peersDocument(site, list, peers, total));
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, peersPage(view, listed));
  });

  return router;
}
