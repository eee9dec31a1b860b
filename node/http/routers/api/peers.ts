import type Router from '@koa/router';
import { z } from 'zod';
import type { PeerView } from '../../../federation/index.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const nothing = z.strictObject({});

/** `POST /api/peers/:node/forgive`: ends the quarantine of a node that has told two histories, named by its id or the beginning of it. */
export function peerRoutes(router: Router, { federation }: Pick<HttpParts, 'federation'>): void {
  router.post('/api/peers/:node/forgive', async (ctx) => {
    await readJson(ctx, nothing, BODY_LIMIT);
    const peer = named(ctx.params['node'] ?? '', federation.peers());
    const { node } = peer;
    if (!(await federation.forgive(node))) {
      const detail = `${peer.name ?? node} is in no quarantine.`;
      throw new HttpError(409, 'PEER_NOT_QUARANTINED', 'Nothing to forgive', detail, {
        remedy: 'Nothing. Why a node is followed or not stands in "ngr peers".',
      });
    }
    const after = federation.peers().find((one) => one.node === node);
    ctx.body = { node, name: peer.name, followed: after?.followed ?? false, why: after?.why };
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
