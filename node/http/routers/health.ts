import Router from '@koa/router';
import { HEALTH_JSON, healthDocument } from '../health-document.ts';
import type { HttpParts } from '../parts.ts';

/**
 * `/health/live`: the process answers. `/health/ready`: it can do all its work; 503 where a check fails. `/health`: whether it is well,
 * degraded (both 200) or cannot serve (503), and what is the matter.
 */
export function healthRouter({ health, site }: Pick<HttpParts, 'health' | 'site'>): Router {
  const router = new Router();
  router.get('/health', async (ctx) => {
    const report = await health.report();
    ctx.set('Cache-Control', 'no-store');
    ctx.status = report.status === 'fail' ? 503 : 200;
    ctx.body = JSON.stringify(healthDocument(report, site));
    ctx.type = HEALTH_JSON;
  });
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
