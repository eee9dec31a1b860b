import type Router from '@koa/router';
import type { HttpParts } from '../../parts.ts';

/** `GET /api/status`: the node at a glance. */
export function statusRoutes(router: Router, parts: HttpParts): void {
  router.get('/api/status', async (ctx) => {
    ctx.body = await statusOf(parts);
  });
}

async function statusOf(parts: HttpParts): Promise<Record<string, unknown>> {
  const { catalogue, duplicates, federation, harvester, health, site, websub } = parts;
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
    sources: harvester.state(),
    issues,
    peers: {
      known: peers.filter(({ self }) => !self).length,
      connected: peers.filter(({ self, connected }) => !self && connected).length,
      followed: peers.filter(({ self, followed }) => !self && followed).length,
    },
    usageLogs: parts.usageLogs.state(),
    ...(websub !== undefined && { websub: websub.hub.counts() }),
    ready: readiness,
  };
}
