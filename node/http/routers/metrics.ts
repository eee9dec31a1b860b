import Router from '@koa/router';
import type { HttpParts } from '../parts.ts';

/** `/metrics`, in the text format of Prometheus. */
export function metricsRouter({ metrics }: Pick<HttpParts, 'metrics'>): Router {
  const router = new Router();
  router.get('/metrics', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Content-Type', metrics.contentType);
    ctx.body = await metrics.metrics();
  });
  return router;
}
