import type { RouterContext } from '@koa/router';
import type { Context, Middleware } from 'koa';
import { Histogram, type Registry } from 'prom-client';

const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/**
 * `ngr_http_request_duration_seconds`, with its count, by route pattern (`/records/:key`), method and status: how long
 * requests took until their answer was handed over. Nothing that a client makes up becomes a label.
 */
export function requestMetrics(registry: Registry): Middleware {
  const durations = new Histogram({
    name: 'ngr_http_request_duration_seconds',
    help: 'Time from request to answer, in seconds, by route pattern, method and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  // A child for each combination of labels, so that they are not hashed with each request.
  const children = new Map<string, { observe(seconds: number): void }>();
  return async (ctx, next) => {
    const start = performance.now();
    try {
      await next();
    } finally {
      const route = routeOf(ctx) ?? 'none';
      const name = `${ctx.method} ${ctx.status} ${route}`;
      let child = children.get(name);
      if (child === undefined) {
        const method = methodOf(ctx);
        child = durations.labels({ method, route, status: String(ctx.status) });
        if (method !== 'other') children.set(name, child);
      }
      child.observe((performance.now() - start) / 1000);
    }
  };
}

/** The pattern of the route that has answered. */
export function routeOf(ctx: Context): string | undefined {
  const pattern = (ctx as Partial<RouterContext>)._matchedRoute;
  return typeof pattern === 'string' ? pattern : undefined;
}

/** The method, or `other` for one that a client may have made up. */
export function methodOf({ method }: Context): string {
  return METHODS.has(method) ? method : 'other';
}
