import type Router from '@koa/router';
import { z } from 'zod';
import type { OwnDay } from '../../../analysis/usage/index.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import type { PublicParts } from '../../public-parts.ts';
import { nodeId, readQuery } from '../../query.ts';
import { readJson } from '../../request-body.ts';
import { counts, periodParameters, usageDocument, UseReports } from '../../usage/index.ts';
import { BODY_LIMIT } from './limits.ts';

const nothing = z.strictObject({});
const words = { accept: 'accepted', refuse: 'refused' } as const;
const usageQuery = z.strictObject(periodParameters);
/** Days that are told of at once, the last ones. */
const MOST_DAYS = 400;

type UsageParts = Pick<HttpParts, 'usage' | 'regionalUsage' | 'site' | 'clock'> &
  Pick<PublicParts, 'items' | 'trackerRefusals'>;

/**
 * `GET /api/usage`: what `/usage` tells, and what the manager alone sees: the own days, and how many events were refused,
 * by the code of the reason. `POST /api/usage/:node/accept` and `…/refuse`: whether what a node says of its usage is counted.
 */
export function usageRoutes(router: Router, parts: UsageParts): void {
  const { usage, regionalUsage, site, trackerRefusals } = parts;
  const reports = new UseReports(parts);

  router.get('/api/usage', async (ctx) => {
    const report = await reports.of(readQuery(ctx, usageQuery));
    const { '@context': _, ...told } = usageDocument(site, report);
    ctx.body = {
      ...told,
      days: await daysOf(parts, report.period),
      refused: [...usage.refusals(), ...trackerRefusals.counts].map(([code, count]) => ({ code, count })),
    };
  });

  for (const [action, word] of Object.entries(words)) {
    router.post(`/api/usage/:node/${action}`, async (ctx) => {
      await readJson(ctx, nothing, BODY_LIMIT);
      const node = nodeId.safeParse(ctx.params['node']);
      if (!node.success)
        throw new HttpError(404, 'USAGE_NODE_UNKNOWN', 'No such node', 'That is not the id of a node.');
      await regionalUsage.decide(node.data, word);
      const { total, apart } = await regionalUsage.totals({ by: 'month' });
      ctx.body = { node: node.data, decision: word, counted: counts(total), apart: counts(apart) };
    });
  }
}

async function daysOf(
  { usage }: Pick<UsageParts, 'usage'>,
  { from, to }: { from: string; to: string },
): Promise<object[]> {
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
    robotLists: robots,
  }));
}
