import type Router from '@koa/router';
import type { DashboardParts } from '../dashboard.ts';
import type { Door } from '../door.ts';
import { overviewPage } from '../pages/overview.ts';

/** The first page: how the node stands. */
export function overviewRoutes(
  router: Router,
  door: Door,
  { catalogue, federation, harvester }: DashboardParts,
): void {
  router.get(
    '/dashboard',
    door.page('see', async (visit) => {
      const peers = federation.peers();
      const { error, warning, info } = await harvester.issueCounts();
      return overviewPage(visit, {
        own: catalogue.feeds.state(catalogue.node)?.records ?? 0,
        held: peers.reduce((sum, { records }) => sum + records, 0),
        institutions: peers.length,
        sources: harvester.state().map(({ name, running, lastRun }) => ({
          name,
          isRunning: running,
          ...(lastRun !== undefined && {
            last: { at: lastRun.endedAt, records: lastRun.records, isWell: lastRun.outcome === 'complete' },
          }),
        })),
        issues: { error, warning, info },
      });
    }),
  );
}
