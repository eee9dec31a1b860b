import type Router from '@koa/router';
import { reasonText, type Conversation, type StoredNotification } from '../../../notifications/index.ts';
import { HttpError } from '../../errors.ts';
import { route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { namedRecords } from '../../records/named-records.ts';
import {
  notificationOperations,
  type ToldConversation,
  type ToldNotification,
} from './notification-operations.ts';
import { timeText } from './values.ts';

const LIMIT = 50;
/** `/api/notifications/…`: what came and what goes, and what the manager does with it. */
export function notificationRoutes(router: Router, { notifications, catalogue, site }: HttpParts): void {
  const { heldKey } = namedRecords(catalogue);

  route(router, notificationOperations.list, async ({ query: { list = 'all', before, limit = LIMIT } }) => {
    const found = await notifications.list(list, { before, limit });
    const next = found.length < limit ? undefined : found.at(-1)?.id;
    const services = notifications.services.map(({ name, id, trust }) => ({ name, id, trust }));
    return { notifications: found.map(view), services, ...(next !== undefined && { next }) };
  });

  route(router, notificationOperations.see, async ({ path: { id } }) => {
    const found = await notifications.get(id);
    if (found === undefined) {
      const detail = `No notification has the id ${id.slice(0, 100)} here.`;
      throw new HttpError(404, 'NOTIFICATION_UNKNOWN', 'No such notification', detail);
    }
    const { notification, body, conversation } = found;
    return {
      notification: view(notification),
      payload: JSON.parse(Buffer.from(body).toString()) as unknown,
      ...(conversation !== undefined && { conversation: conversationView(conversation) }),
    };
  });

  route(router, notificationOperations.send, async ({ ctx, body }) => {
    const record = await heldKey(body.record);
    const sent =
      body.pattern === 'announce-relationship'
        ? await notifications.announceRelationship(record, body)
        : await notifications.request(body.pattern, body.service, record);
    ctx.set('Location', `${site.base}/api/notifications/${sent.id}`);
    return view(sent);
  });

  route(router, notificationOperations.accept, async ({ path, body: { record, ...decision } }) => {
    const key = record === undefined ? undefined : await heldKey(record);
    const decided = { ...present(decision), ...(key !== undefined && { record: key }) };
    return view(await notifications.accept(path.id, decided));
  });

  route(router, notificationOperations.reject, async ({ path, body: { note, ...decision } }) =>
    view(await notifications.reject(path.id, { note, ...present(decision) })),
  );

  route(router, notificationOperations.undo, async ({ path, body }) =>
    view(await notifications.undo(path.id, body.note)),
  );

  route(router, notificationOperations.resend, async ({ path }) => view(await notifications.resend(path.id)));
}

function view({ at, delivery, why, place: _, digest: __, ...rest }: StoredNotification): ToldNotification {
  return {
    ...rest,
    at: timeText(at),
    why,
    reason: reasonText(why),
    ...(delivery !== undefined && { delivery: deliveryView(delivery) }),
  };
}

function deliveryView({
  since,
  next,
  ...rest
}: NonNullable<StoredNotification['delivery']>): NonNullable<ToldNotification['delivery']> {
  return { ...rest, since: timeText(since), ...(next !== undefined && { next: timeText(next) }) };
}

function conversationView({ moves, ...rest }: Conversation): ToldConversation {
  return { ...rest, moves: moves.map((move) => ({ ...move, at: timeText(move.at) })) };
}

/** Without what is not there. */
function present<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
