import type Router from '@koa/router';
import { z } from 'zod';
import { issueKind } from '../../harvest/index.ts';
import { format, issueTable, lang, openKinds, readQuery, sendTable, words } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { harvestsPage, issuesPage, type SourceRow } from '../pages/harvests.ts';
import type { DashboardParts } from '../parts.ts';

const PAGE = 50;
/** A day of two sources. */
const PAST = 50;

const query = z.object({ format, lang, code: words(100), after: words(500).optional() });

/** The harvests and what they found wrong. */
export function harvestRoutes(router: Router, door: Door, { harvester, log }: DashboardParts): void {
  router.get(
    '/dashboard/harvest',
    door.page('see', async (visit) =>
      harvestsPage(visit, {
        sources: sources(),
        past: await harvester.pastRuns({ limit: PAST }),
        kinds: await openKinds(harvester),
      }),
    ),
  );

  router.post(
    '/dashboard/harvest',
    door.form('harvest', 'harvest.run', ({ fields }) => {
      const full = fields.get('full') === 'yes';
      // It goes on when this request is long answered; how it ends is in the source's state.
      harvester
        .run({ full })
        .catch((error: unknown) => log.error({ err: error, full }, 'the harvest failed'));
      return Promise.resolve({ to: '/dashboard/harvest' });
    }),
  );

  router.get(
    '/dashboard/issues',
    door.page('see', async (visit) => {
      const { code, after } = readQuery(visit.ctx, query);
      const found = await harvester.issues({ code, limit: PAGE, ...(after !== undefined && { after }) });
      return issuesPage(visit, {
        code,
        title: issueKind(code)?.title ?? code,
        issues: found.map(({ repairs = [], ...issue }) => ({ ...issue, repairs })),
        next: found.length < PAGE ? undefined : found.at(-1)?.id,
      });
    }),
  );

  router.get(
    '/dashboard/issues.csv',
    door.file('export', ({ ctx }) => {
      sendTable(ctx, 'issues', () => issueTable(harvester));
    }),
  );

  function sources(): SourceRow[] {
    return harvester.state().map(({ name, url, running, progress, lastRun, nextRunAt }) => ({
      name,
      url,
      isRunning: running,
      ...(progress !== undefined && {
        progress: {
          records: progress.records,
          ...(progress.share !== undefined && { share: progress.share }),
        },
      }),
      ...(lastRun !== undefined && {
        last: {
          at: lastRun.endedAt,
          records: lastRun.records,
          refused: lastRun.refused,
          isWell: lastRun.outcome === 'complete',
          ...(lastRun.error !== undefined && {
            failure: [lastRun.error.message, lastRun.error.remedy].filter(Boolean).join(' '),
          }),
        },
      }),
      ...(nextRunAt !== undefined && { nextAt: nextRunAt }),
    }));
  }
}
