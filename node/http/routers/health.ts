import Router from '@koa/router';
import type { HttpParts } from '../parts.ts';

/** `/health/live`: the process answers. `/health/ready`: it can do its work; 503 where a check fails. */
export function healthRouter({ health }: Pick<HttpParts, 'health'>): Router {
  const router = new Router();
  router.get('/health/live', (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { ok: true };
  });
  router.get('/health/ready', async (ctx) => {
    const readiness = await health.ready();
    ctx.set('Cache-Control', 'no-store');
    ctx.status = readiness.ok ? 200 : 503;
    ctx.body = readiness;
  });
  return router;
}
