import type Router from '@koa/router';
import type { HttpParts } from '../../parts.ts';

/** `GET /api/websub`: who is told of changes over WebSub, and how that goes. */
export function webSubRoutes(router: Router, { websub }: Pick<HttpParts, 'websub'>): void {
  if (websub === undefined) return;
  const { hub } = websub;

  router.get('/api/websub', (ctx) => {
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
    ctx.body = {
      hub: hub.url,
      topics: hub.topics.map(({ url }) => url),
      counts: hub.counts(),
      subscriptions,
    };
  });
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}
