import { isIP } from 'node:net';
import type { Middleware } from 'koa';
import { CLUSTER_HEADER, clusterWordOf } from './tokens.ts';

/**
 * Knows the requests of the other processes over the same store: one that they pass on is of the client whose address they tell, and
 * one of their own may ask for what lies under `/cluster`. Nobody else is believed.
 */
export function fromCluster({ secret }: { secret: string }): Middleware {
  return (ctx, next) => {
    const word = clusterWordOf(ctx.req.headers[CLUSTER_HEADER], secret);
    if (word === 'forwarded') {
      const address = ctx.get('X-Forwarded-For').split(',').at(-1)?.trim() ?? '';
      if (isIP(address) !== 0) ctx.request.ip = address;
    }
    ctx.state['isForwarded'] = word === 'forwarded';
    ctx.state['isOfCluster'] = word === 'call';
    return next();
  };
}
