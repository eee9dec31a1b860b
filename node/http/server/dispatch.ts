import type Router from '@koa/router';
import type { RouterContext } from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import { HttpError } from '../errors.ts';

/**
 * Hands a request to the routers that have routes under the first segment of its path, so that a request is matched
 * against a few patterns and not against all.
 *
 * @param otherwise what answers where no route does; without it, that is 404, 405 with `Allow`, or the answer to OPTIONS
 */
export function dispatch(
  routers: readonly Router[],
  otherwise: (ctx: Context) => void | Promise<void> = answerUnmatched,
): Middleware {
  const bySegment = new Map<string, Middleware>();
  for (const router of routers) {
    const handle = router.routes() as Middleware;
    for (const segment of new Set(router.stack.map(({ path }) => firstSegment(String(path))))) {
      const before = bySegment.get(segment);
      bySegment.set(segment, before === undefined ? handle : inOrder(before, handle));
    }
  }
  return async (ctx) => {
    if (ctx.url.length > MAX_URL)
      throw new HttpError(414, 'URL_TOO_LONG', 'The address is too long', tooLong);
    const handle = bySegment.get(firstSegment(ctx.path));
    if (handle === undefined) await otherwise(ctx);
    else await handle(ctx, async () => await otherwise(ctx));
  };
}

const MAX_URL = 8_000;
const tooLong = `An address may have ${MAX_URL} characters.`;

function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end === -1 ? path : path.slice(0, end);
}

function inOrder(first: Middleware, second: Middleware): Middleware {
  return (ctx: Context, next: Next) => first(ctx, () => second(ctx, next) as Promise<unknown>);
}

function answerUnmatched(ctx: Context): void {
  const layers = (ctx as Partial<RouterContext>).matched ?? [];
  const methods = new Set(layers.flatMap((layer) => layer.methods));
  if (methods.size === 0) {
    throw new HttpError(404, 'NOT_FOUND', 'There is nothing here', `There is nothing at ${ctx.path}.`);
  }
  const allowed = [...methods.add('OPTIONS')].join(', ');
  ctx.set('Allow', allowed);
  if (ctx.method !== 'OPTIONS') {
    const detail = `${ctx.path} answers ${allowed}, not ${ctx.method}.`;
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', 'That is not possible here', detail);
  }
  ctx.set('Access-Control-Allow-Methods', allowed);
  ctx.set('Access-Control-Allow-Headers', 'Accept, Content-Type, If-None-Match, If-Modified-Since');
  ctx.set('Access-Control-Max-Age', '86400');
  ctx.status = 204;
}
