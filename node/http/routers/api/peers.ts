import type Router from '@koa/router';
import { z } from 'zod';
import type { PeerView } from '../../../federation/index.ts';
import { HttpError } from '../../errors.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { toldPeer } from '../../peers/document.ts';
import { listedPeers, peerCounts, peerParameters } from '../../peers/listed-peers.ts';
import { count, node, time } from './values.ts';

const peer = z
  .object({
    node,
    name: z.string().optional(),
    base: z.string().optional(),
    networks: z.array(z.string()),
    self: z.boolean(),
    connected: z.boolean(),
    proof: z.string().optional().describe('Whether the domain of its base URL names it as its own.'),
    provedAt: time.optional(),
    successor: z.unknown().optional().describe('The id under which it goes on.'),
    country: z.string().optional(),
    location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
    followed: z.boolean(),
    why: z.string(),
    seq: count.describe('How far its feed is here.'),
    headSeq: count.describe('How far it is said to go.'),
    lag: z.number(),
    headTime: time.optional(),
    records: count,
    bytes: count,
    complete: z.boolean(),
    lastContact: time.optional(),
    clockAheadSeconds: z.number().optional(),
    received: count,
    sent: count,
    refused: z.array(z.object({ code: z.string(), count })),
    cutOff: z.boolean(),
    fork: z.unknown().optional().describe('The two histories that put its feed in quarantine.'),
    addresses: z.array(z.string()),
  })
  .meta({ id: 'Peer' });

export const peerOperations = {
  list: operation({
    method: 'GET',
    path: '/api/peers',
    group: 'network',
    right: 'see',
    summary: 'The other nodes, and what is wrong with them',
    description: 'With this node among them, and for everybody, they are at `/peers`.',
    query: z.strictObject(peerParameters),
    goesOnBy: 'page',
    answers: {
      200: {
        what: 'A page of the nodes that fit, and how many there are of each kind in all.',
        schema: z.object({
          peers: z.array(peer),
          total: count.describe('How many fit.'),
          counts: z.object({
            known: count,
            connected: count,
            followed: count,
            troubled: count,
            records: count,
          }),
          next: count.optional().describe('The number of the next page.'),
        }),
      },
    },
  }),
  forgive: operation({
    method: 'POST',
    path: '/api/peers/:node/forgive',
    group: 'network',
    right: 'settings',
    summary: 'End the quarantine of a node that has told two histories',
    parameters: { node: 'The id of the node, or the beginning of it.' },
    body: z.strictObject({}),
    answers: {
      200: {
        what: 'Whether it is followed again.',
        schema: z.object({
          node,
          name: z.string().optional(),
          followed: z.boolean(),
          why: z.string().optional(),
        }),
      },
    },
    problems: { 404: ['PEER_UNKNOWN'], 409: ['PEER_AMBIGUOUS', 'PEER_NOT_QUARANTINED'] },
  }),
};

/** `/api/peers`: the nodes of the network, and the end of a quarantine. */
export function peerRoutes(
  router: Router,
  { federation, site }: Pick<HttpParts, 'federation' | 'site'>,
): void {
  route(router, peerOperations.list, ({ query }) => {
    const others = federation.peers().filter(({ self }) => !self);
    const { peers, total, page, hasMore } = listedPeers(others, site.networks, query);
    return {
      peers: peers.map(toldPeer),
      total,
      counts: peerCounts(others),
      ...(hasMore && { next: page + 1 }),
    };
  });

  route(router, peerOperations.forgive, async ({ path }) => {
    const peer = named(path.node, federation.peers());
    const { node, name } = peer;
    if (!(await federation.forgive(node))) {
      const detail = `${name ?? node} is in no quarantine.`;
      throw new HttpError(409, 'PEER_NOT_QUARANTINED', 'Nothing to forgive', detail, {
        remedy: 'Nothing. Why a node is followed or not stands in "ngr peers".',
      });
    }
    const after = federation.peers().find((one) => one.node === node);
    return { node, name, followed: after?.followed ?? false, why: after?.why };
  });
}

/** The one node whose id begins so. @throws HttpError where there is none, or more than one */
function named(beginning: string, peers: readonly PeerView[]): PeerView {
  const exact = peers.find(({ node }) => node === beginning);
  const alike = exact === undefined ? peers.filter(({ node }) => node.startsWith(beginning)) : [exact];
  const [peer, ...others] = alike;
  const said = beginning.slice(0, 100);
  const remedy = 'See "ngr peers" for those that it knows; the id is the last column.';
  if (peer === undefined) {
    const detail = `This node knows no other with the id ${said}.`;
    throw new HttpError(404, 'PEER_UNKNOWN', 'No such node', detail, { remedy });
  }
  if (others.length > 0) {
    const detail = `${alike.length} nodes have an id that begins with ${said}.`;
    throw new HttpError(409, 'PEER_AMBIGUOUS', 'More than one node', detail, { remedy });
  }
  return peer;
}
