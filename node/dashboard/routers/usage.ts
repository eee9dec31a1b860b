import type Router from '@koa/router';
import { z } from 'zod';
import {
  CounterReports,
  format,
  lang,
  periodParameters,
  readQuery,
  ReportDownloads,
  reportQuery,
  UseReports,
} from '../../http/index.ts';
import type { DashboardParts } from '../parts.ts';
import type { Door } from '../door.ts';
import { usagePage } from '../pages/usage.ts';

const query = z.object({ format, lang, ...periodParameters });
/** The use of the own records, and COUNTER reports of it for whom may export, whoever else may read them at `/counter`. */
export function usageRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { usage, trackerRefusals, clock } = parts;
  const uses = new UseReports(parts);
  const reports = new CounterReports(parts);
  const downloads = new ReportDownloads(parts);

  router.get(
    '/dashboard/usage',
    door.page('see', async (visit) => {
      const { format: _, lang: __, ...asked } = readQuery(visit.ctx, query);
      return usagePage(visit, {
        report: await uses.of(asked),
        now: clock.now(),
        available: await reports.available(),
        refused: [...usage.refusals(), ...trackerRefusals.counts]
          .map(([code, count]) => ({ code, count }))
          .sort((a, b) => b.count - a.count),
      });
    }),
  );

  router.get(
    '/dashboard/usage/report',
    door.file('export', async ({ ctx }) => await downloads.send(ctx, readQuery(ctx, reportQuery))),
  );
}
