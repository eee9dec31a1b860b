import type Router from '@koa/router';
import { z } from 'zod';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { count, time, timeText } from './values.ts';

const STATES = ['active', 'failing', 'given-up', 'gone', 'expired'] as const;

export const hubCounts = z
  .object({
    active: count,
    failing: count,
    'given-up': count,
    gone: count,
    expired: count,
    unconfirmed: count,
  })
  .meta({ id: 'WebSubCounts' });

const subscription = z.object({
  id: z.string(),
  topic: z.string(),
  callback: z.string(),
  state: z.enum(STATES),
  signed: z.boolean().describe('Whether it has a secret with which deliveries are signed.'),
  since: time,
  expires: time,
  toldUpTo: time,
  delivered: count,
  lastDelivery: time.optional(),
  failing: z
    .object({ since: time, attempts: count, code: z.string(), message: z.string(), next: time })
    .optional(),
  ended: time.optional(),
});

export const webSubOperations = {
  see: operation({
    method: 'GET',
    path: '/api/websub',
    group: 'subscriptions',
    right: 'see',
    summary: 'Who is told of changes over WebSub, and how that goes',
    answers: {
      200: {
        what: 'The hub, its topics and subscriptions.',
        schema: z.object({
          hub: z.string(),
          topics: z.array(z.string()),
          counts: hubCounts,
          subscriptions: z.array(subscription),
        }),
      },
    },
  }),
};

/** `GET /api/websub`: who is told of changes over WebSub, and how that goes. */
export function webSubRoutes(router: Router, { websub }: Pick<HttpParts, 'websub'>): void {
  if (websub === undefined) return;
  const { hub } = websub;

  route(router, webSubOperations.see, () => {
    const subscriptions = hub
      .subscriptions()
      .map(({ told, since, expires, lastDelivery, failing, ended, ...rest }) => ({
        ...rest,
        since: timeText(since),
        expires: timeText(expires),
        toldUpTo: timeText(told.time),
        ...(lastDelivery !== undefined && { lastDelivery: timeText(lastDelivery) }),
        ...(failing !== undefined && {
          failing: {
            since: timeText(failing.since),
            attempts: failing.attempts,
            code: failing.code,
            message: failing.message,
            next: timeText(failing.next),
          },
        }),
        ...(ended !== undefined && { ended: timeText(ended.at) }),
      }));
    return {
      hub: hub.url,
      topics: hub.topics.map(({ url }) => url),
      counts: hub.counts(),
      subscriptions,
    };
  });
}
