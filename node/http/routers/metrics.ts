import Router from '@koa/router';
import type { ReadParts } from '../read-parts.ts';

/** `/metrics`, in the text format of Prometheus. */
export function metricsRouter({ metrics }: Pick<ReadParts, 'metrics'>): Router {
  const router = new Router();
  router.get('/metrics', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Content-Type', metrics.contentType);
    ctx.body = await metrics.metrics();
  });
  return router;
}
