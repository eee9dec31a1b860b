import Router from '@koa/router';
import type { HealthReport } from '../../health/index.ts';
import type { HttpParts } from '../parts.ts';

/** The media type of the draft; it was never registered. */
const HEALTH_JSON = 'application/health+json';

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

/**
 * How the node is, as "Health Check Response Format for HTTP APIs" writes it (draft-inadarei-api-health-check-06, sections 3 and 4). The draft
 * has expired and will be no RFC; it is what monitors read all the same.
 */
function healthDocument(
  { status, time, checks }: HealthReport,
  { node, version }: { node: string; version?: string },
): object {
  const amiss = checks.flatMap(({ name, findings }) =>
    findings.flatMap(({ status: found, of, output }) =>
      found === 'pass' ? [] : [`${of === undefined ? name : `${name} (${of})`}: ${output ?? found}`],
    ),
  );
  return {
    status,
    ...(version !== undefined && { releaseId: version }),
    serviceId: node,
    description: 'Health of this NGR Node',
    ...(amiss.length > 0 && { output: amiss.join('\n') }),
    checks: Object.fromEntries(
      checks.map(({ name, type, findings }) => [
        name,
        findings.map(({ of, value, unit, status: found, output }) => ({
          ...(of !== undefined && { componentId: of }),
          componentType: type,
          ...(value !== undefined && { observedValue: value, observedUnit: unit }),
          status: found,
          time: new Date(time).toISOString(),
          // Only where something is the matter (section 4.8).
          ...(found !== 'pass' && output !== undefined && { output }),
        })),
      ]),
    ),
  };
}
