import type { Context } from 'koa';
import { z } from 'zod';
import { reportIds, reportNamed, THE_WORLD } from '../../../../protocols/counter/index.ts';
import { HttpError } from '../../errors.ts';
import { CounterReports } from './counter-reports.ts';

export const REPORT_FORMATS = ['csv', 'tsv', 'json'] as const;

const month = z
  .string('is missing')
  .regex(/^(?:199\d|2\d{3})-(?:0[1-9]|1[0-2])$/, 'is no month such as 2026-01');

/** What a report is asked for by, for people and their programs. */
export const reportQuery = z.object({
  report: z.enum(reportIds, `is none of ${reportIds.join(', ')}`),
  begin: month.describe('The first month, `2026-01`.'),
  end: month.describe('The last month.'),
  format: z.enum(REPORT_FORMATS, `is none of ${REPORT_FORMATS.join(', ')}`),
});

/** COUNTER reports (release 5.1) as files, for whom may export. */
export class ReportDownloads {
  readonly #reports: CounterReports;

  constructor(parts: ConstructorParameters<typeof CounterReports>[0]) {
    this.#reports = new CounterReports(parts);
  }

  /** @throws HttpError `REPORT_PERIOD` (400) */
  async send(ctx: Context, { report, begin, end, format }: z.output<typeof reportQuery>): Promise<void> {
    const definition = reportNamed('5.1', report.toLowerCase());
    if (definition === undefined) throw new TypeError(`there is no report ${report}`);
    const parameters = new URLSearchParams({
      customer_id: THE_WORLD.customerId,
      begin_date: begin,
      end_date: end,
    });
    const request = this.#reports.read(definition, parameters, format);
    if ('refused' in request) {
      const detail = `There can be no report from ${begin} to ${end}.`;
      throw new HttpError(400, 'REPORT_PERIOD', 'No such report', detail, {
        remedy: 'Name two months, the first before the second, neither to come.',
      });
    }
    if (format === 'json') ctx.attachment(`${report}_${begin}_${end}.json`);
    await this.#reports.send(ctx, request, format);
  }
}
