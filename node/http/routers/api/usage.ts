import type Router from '@koa/router';
import { z } from 'zod';
import type { HttpParts } from '../../parts.ts';
import { nodeId } from '../../query.ts';
import { HttpError } from '../../errors.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const nothing = z.strictObject({});
const words = { accept: 'accepted', refuse: 'refused' } as const;

/** `POST /api/usage/:node/accept` and `…/refuse`: whether what a node says of its usage is counted. */
export function usageRoutes(router: Router, { usage }: Pick<HttpParts, 'usage'>): void {
  for (const [action, word] of Object.entries(words)) {
    router.post(`/api/usage/:node/${action}`, async (ctx) => {
      await readJson(ctx, nothing, BODY_LIMIT);
      const node = nodeId.safeParse(ctx.params['node']);
      if (!node.success)
        throw new HttpError(404, 'USAGE_NODE_UNKNOWN', 'No such node', 'That is not the id of a node.');
      await usage.decide(node.data, word);
      const { investigations, requests, apart } = await usage.totals();
      ctx.body = {
        node: node.data,
        decision: word,
        counted: { investigations, requests },
        apart: { investigations: apart.investigations, requests: apart.requests },
      };
    });
  }
}
