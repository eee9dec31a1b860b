import type Router from '@koa/router';
import { listedPeers } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { overviewPage } from '../pages/overview.ts';
import type { DashboardParts } from '../parts.ts';

/** As many are counted. */
const MOST_WAITING = 100;

/** The first page: how the node stands. */
export function overviewRoutes(
  router: Router,
  door: Door,
  { catalogue, federation, harvester, notifications, site }: DashboardParts,
): void {
  router.get(
    '/dashboard',
    door.page('see', async (visit) => {
      const peers = federation.peers();
      const { error, warning, info } = await harvester.issueCounts();
      const waiting = await notifications.list('waiting', { limit: MOST_WAITING + 1 });
      return overviewPage(visit, {
        own: catalogue.feeds.state(catalogue.node)?.records ?? 0,
        held: peers.reduce((sum, { records }) => sum + records, 0),
        institutions: peers.length,
        waiting: {
          notifications: Math.min(waiting.length, MOST_WAITING),
          areMore: waiting.length > MOST_WAITING,
          troubled: listedPeers(peers, site.networks, { state: 'troubled' }).total,
        },
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
