import type Router from '@koa/router';
import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const nothing = z.strictObject({});

/** `POST /api/peers/:node/forgive`: ends the quarantine of a node that has told two histories. */
export function peerRoutes(router: Router, { federation }: Pick<HttpParts, 'federation'>): void {
  router.post('/api/peers/:node/forgive', async (ctx) => {
    await readJson(ctx, nothing, BODY_LIMIT);
    const node = ctx.params['node'] ?? '';
    const peer = federation.peers().find((one) => one.node === node);
    if (peer === undefined) {
      const detail = `This node knows no other with the id ${node.slice(0, 100)}.`;
      const remedy = 'See "ngr peers" for those that it knows; the id is the last column.';
      throw new HttpError(404, 'PEER_UNKNOWN', 'No such node', detail, { remedy });
    }
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
