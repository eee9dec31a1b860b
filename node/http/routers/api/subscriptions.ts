import type Router from '@koa/router';
import { z } from 'zod';
import type { Subscription } from '../../../notifications/index.ts';
import type { HttpParts } from '../../parts.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const text = (max: number): z.ZodString =>
  z.string('is no text').trim().min(1, 'is empty').max(max, `is longer than ${max} characters`);

const subscription = z.strictObject({
  inbox: text(2_000).refine(
    (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
    'is no http or https address',
  ),
  query: z
    .strictObject({
      set: text(200).exactOptional(),
      type: text(200).exactOptional(),
      q: text(300).exactOptional(),
    })
    .default({}),
});

/** `/api/subscriptions/…`: who is told of which changes, as notifications in their own inbox. */
export function subscriptionRoutes(router: Router, { notifications, site }: HttpParts): void {
  const { subscriptions } = notifications;

  router.get('/api/subscriptions', (ctx) => {
    ctx.body = { subscriptions: subscriptions.list().map(view) };
  });

  router.post('/api/subscriptions', async (ctx) => {
    const { inbox, query } = await readJson(ctx, subscription, BODY_LIMIT);
    const { subscription: added, created } = await subscriptions.add(inbox, query);
    ctx.status = created ? 201 : 200;
    ctx.set('Location', `${site.base}/api/subscriptions/${added.id}`);
    ctx.body = view(added);
  });

  router.get('/api/subscriptions/:id', (ctx) => {
    ctx.body = view(subscriptions.get(ctx.params['id'] ?? ''));
  });

  router.delete('/api/subscriptions/:id', async (ctx) => {
    await subscriptions.remove(ctx.params['id'] ?? '');
    ctx.status = 204;
  });
}

function view({ cursor: _, since, failing, dropped, ...rest }: Subscription): object {
  return {
    ...rest,
    since: timeText(since),
    state: dropped !== undefined ? 'dropped' : failing !== undefined ? 'failing' : 'active',
    ...(failing !== undefined && {
      failing: { ...failing, since: timeText(failing.since), next: timeText(failing.next) },
    }),
    ...(dropped !== undefined && { dropped: { ...dropped, at: timeText(dropped.at) } }),
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}
