import type Router from '@koa/router';
import type { Assets } from './assets.ts';
import type { SharedReadParts } from './read-parts.ts';
import { apiReferenceRouter } from './routers/api-reference.ts';
import { citationsRouter } from './routers/citations.ts';
import { collectionRouter } from './routers/collection.ts';
import { discoveryRouter } from './routers/discovery.ts';
import { healthRouter } from './routers/health.ts';
import { logoRouter } from './routers/logo.ts';
import { metricsRouter } from './routers/metrics.ts';
import { frontRouter } from './routers/node.ts';
import { oaiPmhRouter } from './routers/oai-pmh.ts';
import { recordRouter } from './routers/records.ts';
import { resourceSyncRouter } from './routers/resourcesync/index.ts';
import { staticRouter } from './routers/static.ts';
import { widgetScriptRouter } from './routers/widget.ts';
import { worksRouter } from './routers/works.ts';

/**
 * The routers of what is answered from the rows of the store, or from nothing but the program: a process of the role `http` answers
 * these by itself, and leaves everything else to the writer. Their routes are told in docs/store.md.
 */
export function localRouters(parts: SharedReadParts, assets: Assets): Router[] {
  return [
    recordRouter(parts),
    citationsRouter(parts),
    collectionRouter(parts),
    worksRouter(parts),
    resourceSyncRouter(parts),
    oaiPmhRouter(parts),
    frontRouter(parts),
    logoRouter(parts),
    discoveryRouter(parts),
    staticRouter(assets),
    widgetScriptRouter(assets),
    apiReferenceRouter(parts),
    healthRouter(parts),
    metricsRouter(parts),
  ];
}
