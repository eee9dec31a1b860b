import type Router from '@koa/router';
import { z } from 'zod';
import { reportIds, reportNamed, THE_WORLD } from '../../../protocols/counter/index.ts';
import {
  CounterReports,
  format,
  HttpError,
  lang,
  periodParameters,
  readQuery,
  UseReports,
} from '../../http/index.ts';
import type { DashboardParts } from '../dashboard.ts';
import type { Door } from '../door.ts';
import { REPORT_FORMATS, usagePage } from '../pages/usage.ts';

const query = z.object({ format, lang, ...periodParameters });
const month = z
  .string('is missing')
  .regex(/^(?:199\d|2\d{3})-(?:0[1-9]|1[0-2])$/, 'is no month such as 2026-01');
const reportQuery = z.object({
  report: z.enum(reportIds, `is none of ${reportIds.join(', ')}`),
  begin: month,
  end: month,
  format: z.enum(REPORT_FORMATS, `is none of ${REPORT_FORMATS.join(', ')}`),
});

/** The use of the own records, and COUNTER reports of it for whom may export, whoever else may read them at `/counter`. */
export function usageRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { usage, trackerRefusals, clock } = parts;
  const uses = new UseReports(parts);
  const reports = new CounterReports(parts);

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
    door.file('export', async ({ ctx }) => {
      const { report, begin, end, format } = readQuery(ctx, reportQuery);
      const definition = reportNamed('5.1', report.toLowerCase());
      if (definition === undefined) throw new TypeError(`there is no report ${report}`);
      const parameters = new URLSearchParams({
        customer_id: THE_WORLD.customerId,
        begin_date: begin,
        end_date: end,
      });
      const request = reports.read(definition, parameters, format);
      if ('refused' in request) {
        const detail = `There can be no report from ${begin} to ${end}.`;
        throw new HttpError(400, 'REPORT_PERIOD', 'No such report', detail, {
          remedy: 'Name two months, the first before the second, neither to come.',
        });
      }
      if (format === 'json') ctx.attachment(`${report}_${begin}_${end}.json`);
      await reports.send(ctx, request, format);
    }),
  );
}
