import type Router from '@koa/router';
import Koa from 'koa';
import { securityHeaders } from './answers/security-headers.ts';
import { loadAssets, type Assets } from './assets.ts';
import { fromCluster } from './cluster/index.ts';
import { localRouters } from './local-routes.ts';
import type { HttpParts } from './parts.ts';
import { publicParts, type PublicParts } from './public-parts.ts';
import { sharedOf, type ReadParts, type SharedReadParts } from './read-parts.ts';
import { keptRecords } from './records/kept-records.ts';
import { apiRouter } from './routers/api/index.ts';
import { assessmentsRouter } from './routers/assessments.ts';
import { clusterRouter } from './routers/cluster.ts';
import { counterRouter } from './routers/counter/index.ts';
import { inboxRouter } from './routers/inbox.ts';
import { nodeRouter } from './routers/node.ts';
import { peersRouter } from './routers/peers.ts';
import { policyRouter } from './routers/policy.ts';
import { recordRelationsRouter } from './routers/record-relations.ts';
import { relatedFeedbackRouter } from './routers/related-feedback.ts';
import { searchRouter } from './routers/search.ts';
import { statementsRouter } from './routers/statements.ts';
import { trackerRouter } from './routers/tracker.ts';
import { usageSummariesRouter } from './routers/usage-summaries.ts';
import { usageRouter } from './routers/usage.ts';
import { webSubRouter } from './routers/websub.ts';
import { widgetRouter } from './routers/widget.ts';
import { ofProxiedClient } from './server/client-address.ts';
import { dispatch } from './server/dispatch.ts';
import { errorHandling } from './server/error-handling.ts';
import { requestMetrics } from './server/request-metrics.ts';
import { requestRate } from './server/request-rate.ts';
import { requestTraces } from './server/request-traces.ts';
import { pathPrefix } from './site.ts';

/**
 * The node's HTTP side (DESIGN, section 7): one router a protocol, behind what every answer needs.
 *
 * A protocol is added by its router file and its line here, or in `localRouters` where it is answered from rows.
 *
 * @param more routers beside the public ones, which share with them what pages are made from
 */
export function createApp(parts: HttpParts, more: (shared: PublicParts) => Router[] = () => []): Koa {
  const assets = loadAssets();
  const shared = publicParts(parts, assets);
  return appOf(shared, {
    first: parts.cluster === undefined ? [] : [fromCluster(parts.cluster)],
    answer: dispatch([...routersOf(shared, assets), ...more(shared)]),
  });
}

/** The HTTP side of a process that only reads: what it does not answer by itself it leaves to `otherwise`. */
export function createReadingApp(parts: ReadParts, otherwise: (ctx: Koa.Context) => Promise<void>): Koa {
  const assets = loadAssets();
  const shared = { ...parts, ...sharedOf(parts, assets) };
  return appOf(shared, { answer: dispatch(localRouters(shared, assets), otherwise) });
}

/** What every answer needs, and what answers. */
function appOf(
  { site, metrics, clock, log, views, representations }: SharedReadParts,
  { first = [], answer }: { first?: readonly Koa.Middleware[]; answer: Koa.Middleware },
): Koa {
  const isProxied = site.trustProxy ?? false;
  const app = new Koa({ proxy: isProxied });
  app.on('error', (error: unknown) => log.debug({ err: error }, 'an answer broke off'));
  app.use(requestTraces);
  app.use(requestMetrics(metrics));
  if (isProxied) app.use(ofProxiedClient);
  for (const middleware of first) app.use(middleware);
  app.use(securityHeaders);
  app.use(errorHandling({ views, log }));
  const prefix = pathPrefix(site);
  if (prefix !== '') app.use(withoutPrefix(prefix));
  app.use(requestRate({ perSecond: site.requestsPerSecond ?? 0, clock, metrics }));
  app.use(keptRecords(representations));
  app.use(answer);
  return app;
}

/** Every router, in the order in which they are asked. */
export function routersOf(parts: PublicParts, assets: Assets): Router[] {
  return [
    ...localRouters(parts, assets),
    recordRelationsRouter(parts),
    relatedFeedbackRouter(parts),
    widgetRouter(parts),
    statementsRouter(parts),
    searchRouter(parts),
    peersRouter(parts),
    usageRouter(parts),
    usageSummariesRouter(parts),
    counterRouter(parts),
    assessmentsRouter(parts),
    policyRouter(parts),
    trackerRouter(parts),
    inboxRouter(parts),
    ...(parts.websub === undefined ? [] : [webSubRouter({ hub: parts.websub.hub, log: parts.log })]),
    ...(parts.cluster === undefined ? [] : [clusterRouter(parts)]),
    nodeRouter(parts),
    apiRouter(parts),
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
