import type Router from '@koa/router';
import Koa from 'koa';
import { loadAssets, type Assets } from './assets.ts';
import { dispatch } from './dispatch.ts';
import { errorHandling } from './error-handling.ts';
import { keptRecords } from './kept-records.ts';
import type { HttpParts } from './parts.ts';
import { publicParts, type PublicParts } from './public-parts.ts';
import { requestMetrics } from './request-metrics.ts';
import { requestTraces } from './request-traces.ts';
import { requestRate } from './request-rate.ts';
import { apiReferenceRouter } from './routers/api-reference.ts';
import { apiRouter } from './routers/api/index.ts';
import { assessmentsRouter } from './routers/assessments.ts';
import { citationsRouter } from './routers/citations.ts';
import { collectionRouter } from './routers/collection.ts';
import { counterRouter } from './routers/counter/index.ts';
import { discoveryRouter } from './routers/discovery.ts';
import { healthRouter } from './routers/health.ts';
import { inboxRouter } from './routers/inbox.ts';
import { logoRouter } from './routers/logo.ts';
import { metricsRouter } from './routers/metrics.ts';
import { nodeRouter } from './routers/node.ts';
import { oaiPmhRouter } from './routers/oai-pmh.ts';
import { peersRouter } from './routers/peers.ts';
import { relatedFeedbackRouter } from './routers/related-feedback.ts';
import { policyRouter } from './routers/policy.ts';
import { recordRouter } from './routers/records.ts';
import { resourceSyncRouter } from './routers/resourcesync/index.ts';
import { searchRouter } from './routers/search.ts';
import { statementsRouter } from './routers/statements.ts';
import { staticRouter } from './routers/static.ts';
import { trackerRouter } from './routers/tracker.ts';
import { usageSummariesRouter } from './routers/usage-summaries.ts';
import { usageRouter } from './routers/usage.ts';
import { webSubRouter } from './routers/websub.ts';
import { widgetRouter } from './routers/widget.ts';
import { worksRouter } from './routers/works.ts';
import { securityHeaders } from './security-headers.ts';
import { pathPrefix } from './site.ts';

/**
 * The node's HTTP side (DESIGN, section 7): one router a protocol, behind what every answer needs.
 *
 * A protocol is added by its router file and its line here.
 */
/** @param more routers beside the public ones, which share with them what pages are made from */
export function createApp(parts: HttpParts, more: (shared: PublicParts) => Router[] = () => []): Koa {
  const assets = loadAssets();
  const shared = publicParts(parts, assets);
  // Of several addresses in X-Forwarded-For only the last is from the operator's own proxy; the others anyone can write.
  const app = new Koa({ proxy: parts.site.trustProxy ?? false, maxIpsCount: 1 });
  app.on('error', (error: unknown) => parts.log.debug({ err: error }, 'an answer broke off'));
  app.use(requestTraces);
  app.use(requestMetrics(parts.metrics));
  app.use(securityHeaders);
  app.use(errorHandling({ views: shared.views, log: parts.log }));
  app.use(
    requestRate({
      perSecond: parts.site.requestsPerSecond ?? 0,
      clock: parts.clock,
      metrics: parts.metrics,
    }),
  );
  const prefix = pathPrefix(parts.site);
  if (prefix !== '') app.use(withoutPrefix(prefix));
  app.use(keptRecords(shared.representations));
  app.use(dispatch([...routersOf(shared, assets), ...more(shared)]));
  return app;
}

/** Every router, in the order in which they are asked. */
export function routersOf(parts: PublicParts, assets: Assets): Router[] {
  return [
    recordRouter(parts),
    relatedFeedbackRouter(parts),
    widgetRouter(parts, assets),
    citationsRouter(parts),
    collectionRouter(parts),
    worksRouter(parts),
    statementsRouter(parts),
    searchRouter(parts),
    peersRouter(parts),
    usageRouter(parts),
    usageSummariesRouter(parts),
    counterRouter(parts),
    assessmentsRouter(parts),
    policyRouter(parts),
    trackerRouter(parts),
    resourceSyncRouter(parts),
    oaiPmhRouter(parts),
    inboxRouter(parts),
    ...(parts.websub === undefined ? [] : [webSubRouter({ hub: parts.websub.hub, log: parts.log })]),
    nodeRouter(parts),
    logoRouter(parts),
    discoveryRouter(parts),
    staticRouter(assets),
    apiReferenceRouter(parts),
    apiRouter(parts),
    healthRouter(parts),
    metricsRouter(parts),
  ];
}

/** Where the base URL has a path, requests come with it or, through some proxies, without. */
function withoutPrefix(prefix: string): Koa.Middleware {
  return (ctx, next) => {
    if (ctx.path === prefix) ctx.path = '/';
    else if (ctx.path.startsWith(`${prefix}/`)) ctx.path = ctx.path.slice(prefix.length);
    return next();
  };
}
