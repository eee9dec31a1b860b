import type Router from '@koa/router';
import { z } from 'zod';
import type { OwnDay } from '../../../analysis/usage/index.ts';
import { HttpError } from '../../errors.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import type { PublicParts } from '../../public-parts.ts';
import { nodeId } from '../../requests/query.ts';
import { counts, periodParameters, usageDocument, UseReports } from '../../usage/index.ts';
import { ReportDownloads, reportQuery } from '../counter/index.ts';
import { count, node, uses } from './values.ts';

/** Days that are told of at once, the last ones. */
const MOST_DAYS = 400;

const useCounts = z.object(uses).meta({ id: 'UseCounts' });
const day = z.object({
  day: z.string().meta({ format: 'date' }),
  ...uses,
  robots: useCounts,
  internal: count,
  isFinal: z.boolean(),
  restated: count.describe('How often it was given anew.'),
  robotLists: z.array(z.string()),
});
const decisionTold = z.object({
  node,
  decision: z.enum(['accepted', 'refused']),
  counted: useCounts,
  apart: useCounts,
});
const decides = {
  group: 'usage',
  right: 'decide',
  parameters: { node: 'The id of the node.' },
  body: z.strictObject({}),
  answers: { 200: { what: 'The totals as they are with it.', schema: decisionTold } },
  problems: { 404: ['USAGE_NODE_UNKNOWN'] },
} as const;

export const usageOperations = {
  see: operation({
    method: 'GET',
    path: '/api/usage',
    group: 'usage',
    right: 'see',
    summary: 'The use of the own records and of the network’s',
    description:
      'What `/usage` tells, and beside it the own days and how many events were refused, by the code of the reason. Without a period, the last twelve months.',
    query: z.strictObject(periodParameters),
    answers: {
      200: {
        what: 'The use in the period.',
        schema: z
          .looseObject({
            days: z.array(day),
            refused: z.array(z.object({ code: z.string(), count })),
          })
          .meta({ id: 'Usage' }),
      },
    },
  }),
  report: operation({
    method: 'GET',
    path: '/api/usage/report',
    group: 'usage',
    right: 'export',
    summary: 'A COUNTER report of the own use',
    description: 'Release 5.1. No requestor’s key is needed, whoever may read the reports at `/counter`.',
    query: reportQuery,
    answers: {
      200: {
        what: 'The report.',
        types: ['application/json', 'text/csv', 'text/tab-separated-values'],
      },
    },
    problems: { 400: ['REPORT_PERIOD'] },
  }),
  accept: operation({
    method: 'POST',
    path: '/api/usage/:node/accept',
    ...decides,
    summary: 'Count what a node says of its use',
  }),
  refuse: operation({
    method: 'POST',
    path: '/api/usage/:node/refuse',
    ...decides,
    summary: 'Leave what a node says of its use out of the totals',
  }),
};

type UsageParts = Pick<HttpParts, 'usage' | 'regionalUsage' | 'site' | 'clock' | 'counter' | 'catalogue'> &
  Pick<PublicParts, 'items' | 'trackerRefusals'>;

/** `/api/usage`: what is known of the use, reports of it, and whether what a node says of its use is counted. */
export function usageRoutes(router: Router, parts: UsageParts): void {
  const { usage, regionalUsage, site, trackerRefusals } = parts;
  const reports = new UseReports(parts);
  const downloads = new ReportDownloads(parts);

  route(router, usageOperations.see, async ({ query }) => {
    const report = await reports.of(query);
    const { '@context': _, ...told } = usageDocument(site, report);
    return {
      ...told,
      days: await daysOf(parts, report.period),
      refused: [...usage.refusals(), ...trackerRefusals.counts].map(([code, count]) => ({ code, count })),
    };
  });

  route(router, usageOperations.report, async ({ ctx, query }) => await downloads.send(ctx, query));

  route(router, usageOperations.accept, async ({ path }) => await decide(path.node, 'accepted'));
  route(router, usageOperations.refuse, async ({ path }) => await decide(path.node, 'refused'));

  async function decide(
    named: string,
    decision: 'accepted' | 'refused',
  ): Promise<z.input<typeof decisionTold>> {
    const node = nodeId.safeParse(named);
    if (!node.success)
      throw new HttpError(404, 'USAGE_NODE_UNKNOWN', 'No such node', 'That is not the id of a node.');
    await regionalUsage.decide(node.data, decision);
    const { total, apart } = await regionalUsage.totals({ by: 'month' });
    return { node: node.data, decision, counted: counts(total), apart: counts(apart) };
  }
}

type ToldDay = z.input<typeof day>;

async function daysOf(
  { usage }: Pick<UsageParts, 'usage'>,
  { from, to }: { from: string; to: string },
): Promise<ToldDay[]> {
  const days: OwnDay[] = [];
  for await (const day of usage.days({ from: `${from}-01`, to: `${to}-31` })) {
    days.push(day);
    if (days.length > MOST_DAYS) days.shift();
  }
  return days.map(({ day, metrics, machine, internal, isOpen, restated, robots }) => ({
    day,
    ...counts(metrics),
    robots: counts(machine),
    internal,
    isFinal: !isOpen,
    restated,
    robotLists: [...robots],
  }));
}
