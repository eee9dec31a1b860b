import type Router from '@koa/router';
import { z } from 'zod';
import type { Subscription } from '../../../notifications/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { count, time, timeText } from './values.ts';

const text = (max: number): z.ZodString =>
  z.string('is no text').trim().min(1, 'is empty').max(max, `is longer than ${max} characters`);

const wanted = z.strictObject({
  inbox: text(2_000)
    .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), 'is no http or https address')
    .describe('Where notifications are sent (Linked Data Notifications).'),
  query: z
    .strictObject({
      set: text(200).describe('A set of the own records; those below it count too.').exactOptional(),
      type: text(200).describe('A COAR resource type, by its URI or the last part of it.').exactOptional(),
      q: text(300).describe('Words that a record has to have.').exactOptional(),
    })
    .default({}),
});

const subscription = z
  .object({
    id: z.string(),
    inbox: z.string(),
    query: z.object({
      set: z.string().optional(),
      type: z.string().optional(),
      q: z.string().optional(),
    }),
    since: time,
    delivered: count,
    state: z.enum(['active', 'failing', 'dropped']),
    failing: z
      .object({ since: time, attempts: count, code: z.string(), message: z.string(), next: time })
      .optional(),
    dropped: z.object({ at: time, reason: z.string() }).optional(),
  })
  .meta({ id: 'Subscription' });

export const subscriptionOperations = {
  list: operation({
    method: 'GET',
    path: '/api/subscriptions',
    group: 'subscriptions',
    right: 'see',
    summary: 'Who is told of changes by notification',
    answers: {
      200: { what: 'All of them.', schema: z.object({ subscriptions: z.array(subscription) }) },
    },
  }),
  add: operation({
    method: 'POST',
    path: '/api/subscriptions',
    group: 'subscriptions',
    right: 'decide',
    summary: 'Tell an inbox of changes',
    body: wanted,
    example: { inbox: 'https://service.example/inbox', query: { type: 'c_46ec' } },
    answers: {
      200: { what: 'It was told already.', schema: subscription },
      201: { what: 'It is told from now on.', schema: subscription },
    },
    problems: {
      409: ['SUBSCRIPTION_TOO_MANY'],
      422: ['LDN_NO_INBOX', 'OUTBOUND_BAD_URL', 'OUTBOUND_PRIVATE_ADDRESS'],
    },
  }),
  see: operation({
    method: 'GET',
    path: '/api/subscriptions/:id',
    group: 'subscriptions',
    right: 'see',
    summary: 'One subscription',
    parameters: { id: 'Its id.' },
    answers: { 200: { what: 'How it stands.', schema: subscription } },
    problems: { 404: ['SUBSCRIPTION_UNKNOWN'] },
  }),
  remove: operation({
    method: 'DELETE',
    path: '/api/subscriptions/:id',
    group: 'subscriptions',
    right: 'decide',
    summary: 'Tell an inbox no more',
    parameters: { id: 'The id of the subscription.' },
    answers: { 204: { what: 'It is ended.' } },
    problems: { 404: ['SUBSCRIPTION_UNKNOWN'] },
  }),
};

/** `/api/subscriptions/…`: who is told of which changes, as notifications in their own inbox. */
export function subscriptionRoutes(
  router: Router,
  { notifications, site }: Pick<HttpParts, 'notifications' | 'site'>,
): void {
  const { subscriptions } = notifications;

  route(router, subscriptionOperations.list, () => ({ subscriptions: subscriptions.list().map(view) }));

  route(router, subscriptionOperations.add, async ({ ctx, body: { inbox, query } }) => {
    const { subscription: added, created } = await subscriptions.add(inbox, query);
    if (created) ctx.status = 201;
    ctx.set('Location', `${site.base}/api/subscriptions/${added.id}`);
    return view(added);
  });

  route(router, subscriptionOperations.see, ({ path }) => view(subscriptions.get(path.id)));

  route(router, subscriptionOperations.remove, async ({ path }) => {
    await subscriptions.remove(path.id);
  });
}

function view({ cursor: _, since, failing, dropped, ...rest }: Subscription): z.input<typeof subscription> {
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
