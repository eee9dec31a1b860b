import Router from '@koa/router';
import { z } from 'zod';
import type { PeerView } from '../../federation/index.ts';
import { peersDocument } from '../documents.ts';
import { DATA_OR_PAGE, JSON_LD } from '../formats.ts';
import { Negotiator } from '../negotiation.ts';
import { PEER_STATES, peersPage, type PeerState } from '../pages/peers/index.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, whole } from '../query.ts';
import { sendJsonLd, sendPage } from '../respond.ts';

const PAGE = 200;
const NETWORKS_OFFERED = 100;
/** The form sends an empty one for all networks. */
const network = z.string().max(100, 'is longer than 100 characters').optional();
const state = z.enum(PEER_STATES, `is none of ${PEER_STATES.join(', ')}`).optional();
const query = z.strictObject({ format, lang, network, state, page: whole(1, 1_000).optional() });

/** `/peers`: the nodes that this one knows, itself first; all, or those of a network or in a state. */
export function peersRouter({ federation, site, views }: PublicParts): Router {
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/peers', (ctx) => {
    const { format, lang, page = 1, state = 'all', ...asked } = readQuery(ctx, query);
    const network = asked.network === '' ? undefined : asked.network;
    const { format: chosen, type } = formats.of(ctx, format);
    const known = federation.peers();
    const all = known.filter(
      (peer) => (network === undefined || peer.networks.includes(network)) && isIn[state](peer),
    );
    const peers = all.slice((page - 1) * PAGE, page * PAGE);
    const hasMore = all.length > page * PAGE;
    if (chosen === JSON_LD) {
      const list = {
        path: '/peers',
        parameters: { network, state: state === 'all' ? undefined : state },
        page: page === 1 ? undefined : { page },
        ...(hasMore && { next: { page: page + 1 } }),
        ...(page > 1 && { prev: { page: page - 1 } }),
      };
      sendJsonLd(ctx, type, peersDocument(site, list, peers, all.length));
      return;
    }
    const view = views.of(ctx, lang);
    const onMap = known.filter(({ followed }) => followed);
    const networks = networksOf(site.networks, known);
    sendPage(
      ctx,
      view,
      peersPage(view, { peers, onMap, networks, chosen: { network, state }, page, hasMore }),
    );
  });

  return router;
}

const isIn: Readonly<Record<PeerState, (peer: PeerView) => boolean>> = {
  all: () => true,
  connected: ({ connected }) => connected,
  followed: ({ followed }) => followed,
  behind: ({ followed, complete, self }) => followed && !complete && !self,
  troubled: ({ cutOff, fork, proof, refused, why }) =>
    cutOff ||
    fork !== undefined ||
    proof === 'contradicted' ||
    why === 'over its quota' ||
    refused.length > 0,
};

/** Our own first, then those of others: anybody can make up names. */
function networksOf(own: readonly string[], peers: readonly PeerView[]): string[] {
  const others = new Set(peers.flatMap(({ networks }) => networks));
  for (const name of own) others.delete(name);
  return [...own, ...[...others].sort()].slice(0, NETWORKS_OFFERED);
}
