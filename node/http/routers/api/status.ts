import type Router from '@koa/router';
import { z } from 'zod';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { sourceState, toldSource } from './harvest.ts';
import { toldLog, usageLog } from './usage-logs.ts';
import { count, node } from './values.ts';
import { hubCounts } from './websub.ts';

const status = z.object({
  node,
  name: z.string(),
  base: z.string(),
  networks: z.array(z.string()),
  version: z.string(),
  addresses: z.array(z.string()),
  position: count.describe('Of the log of changes.'),
  records: z.object({ own: count, held: count }),
  works: z.object({ works: count, clusters: count }),
  readers: z.array(z.object({ name: z.string(), cursor: count, lag: count })),
  sources: z.array(sourceState),
  issues: z.object({ error: count, warning: count, info: count }),
  peers: z.object({ known: count, connected: count, followed: count }),
  usageLogs: z.array(usageLog),
  websub: hubCounts.optional(),
  ready: z.object({
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
});

export const statusOperations = {
  see: operation({
    method: 'GET',
    path: '/api/status',
    group: 'node',
    right: 'see',
    summary: 'The node at a glance',
    answers: { 200: { what: 'How the node stands.', schema: status } },
  }),
};

/** `GET /api/status`: the node at a glance. */
export function statusRoutes(router: Router, parts: HttpParts): void {
  const { catalogue, duplicates, federation, harvester, health, site, websub, usageLogs } = parts;

  route(router, statusOperations.see, async () => {
    const own = catalogue.feeds.state(catalogue.node);
    const peers = federation.peers();
    const [readiness, issues] = await Promise.all([health.ready(), harvester.issueCounts()]);
    return {
      node: site.node,
      name: site.name,
      base: site.base,
      networks: site.networks,
      version: site.version,
      addresses: federation.multiaddrs,
      position: catalogue.position,
      records: { own: own?.records ?? 0, held: peers.reduce((sum, { records }) => sum + records, 0) },
      works: duplicates.counts(),
      readers: parts.readers(),
      sources: harvester.state().map(toldSource),
      issues,
      peers: {
        known: peers.filter(({ self }) => !self).length,
        connected: peers.filter(({ self, connected }) => !self && connected).length,
        followed: peers.filter(({ self, followed }) => !self && followed).length,
      },
      usageLogs: usageLogs.state().map(toldLog),
      ...(websub !== undefined && { websub: websub.hub.counts() }),
      ready: readiness,
    };
  });
}
