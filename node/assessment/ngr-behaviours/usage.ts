import { z } from 'zod';
import type { Check } from '../check.ts';
import { CheckFailed } from '../errors.ts';

const count = z.int().nonnegative();
const sums = z.looseObject({ investigations: count, requests: count });
const usageSchema = sums.extend({
  byMonth: z.array(sums.extend({ month: z.string().regex(/^\d{4}-\d\d$/) })),
  byNode: z.array(sums),
});

/** The totals can be read, and are the sums of the months and of the institutions (COUNTER's investigations and requests). */
export const showsTotals: Check = async (visitor) => {
  const address = `${visitor.base}/usage`;
  const totals = await visitor.json(address, usageSchema);
  for (const metric of ['investigations', 'requests'] as const) {
    for (const part of ['byMonth', 'byNode'] as const) {
      const sum = totals[part].reduce((all, one) => all + one[metric], 0);
      if (sum !== totals[metric]) {
        throw new CheckFailed({
          kind: 'lacks',
          address,
          what: `${metric}: ${totals[metric]} = ${part}: ${sum}`,
        });
      }
    }
  }
  const { investigations, requests, byMonth } = totals;
  const what = `investigations: ${investigations}, requests: ${requests}, byMonth: ${byMonth.length}`;
  return [{ kind: 'has', address, what }];
};

/** The tracker is there for the repository's own pages. Nothing is counted where it is asked without an event. */
export const takesUsage: Check = async (visitor) => {
  const { address, status } = await visitor.expect(200, '/tracker', { method: 'HEAD' });
  return [{ kind: 'status', address, status }];
};
