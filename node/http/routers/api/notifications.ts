import type Router from '@koa/router';
import { z } from 'zod';
import {
  NOTIFICATION_STATES,
  reasonText,
  REQUESTS,
  type Conversation,
  type ListName,
  type StoredNotification,
} from '../../../notifications/index.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { readQuery, whole } from '../../query.ts';
import { findRecordKey } from '../../record-lookup.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const LIMIT = 50;
const LISTS: readonly [ListName, ...ListName[]] = ['all', 'received', 'sent', ...NOTIFICATION_STATES];

const listQuery = z.strictObject({
  list: z.enum(LISTS, `is none of ${LISTS.join(', ')}`).optional(),
  before: z.string().min(1, 'is empty').max(100, 'is too long').optional(),
  limit: whole(1, 500).optional(),
});

const text = (max: number): z.ZodString =>
  z.string('is missing').trim().min(1, 'is empty').max(max, `is longer than ${max} characters`);
const iri = text(2_000).regex(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is no IRI');
const note = text(1_000);
const tentatively = z.boolean('is neither true nor false').optional();

const acceptance = z.strictObject({
  note: note.optional(),
  tentatively,
  record: text(2_000).optional(),
});
const rejection = z.strictObject({ note, tentatively });
const undoing = z.strictObject({ note: note.optional() });
const nothing = z.strictObject({});
const sending = z.discriminatedUnion('pattern', [
  z.strictObject({ pattern: z.enum(REQUESTS), service: text(2_000), record: text(2_000) }),
  z.strictObject({
    pattern: z.literal('announce-relationship'),
    service: text(2_000).optional(),
    record: text(2_000),
    relationship: iri,
    object: iri.refine(
      (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
      'is no http or https address',
    ),
  }),
]);

/** `/api/notifications/…`: what came and what goes, and what the manager does with it. */
export function notificationRoutes(router: Router, { notifications, catalogue, site }: HttpParts): void {
  router.get('/api/notifications', async (ctx) => {
    const { list = 'all', before, limit = LIMIT } = readQuery(ctx, listQuery);
    const found = await notifications.list(list, { before, limit });
    const next = found.length < limit ? undefined : found.at(-1)?.id;
    const services = notifications.services.map(({ name, id, trust }) => ({ name, id, trust }));
    ctx.body = { notifications: found.map(view), services, ...(next !== undefined && { next }) };
  });

  router.get('/api/notifications/:id', async (ctx) => {
    const id = ctx.params['id'] ?? '';
    const found = await notifications.get(id);
    if (found === undefined) {
      const detail = `No notification has the id ${id.slice(0, 100)} here.`;
      throw new HttpError(404, 'NOTIFICATION_UNKNOWN', 'No such notification', detail);
    }
    const { notification, body, conversation } = found;
    ctx.body = {
      notification: view(notification),
      payload: JSON.parse(Buffer.from(body).toString()) as unknown,
      ...(conversation !== undefined && { conversation: conversationView(conversation) }),
    };
  });

  router.post('/api/notifications', async (ctx) => {
    const body = await readJson(ctx, sending, BODY_LIMIT);
    const record = await keyOf(body.record);
    const sent =
      body.pattern === 'announce-relationship'
        ? await notifications.announceRelationship(record, body)
        : await notifications.request(body.pattern, body.service, record);
    ctx.status = 201;
    ctx.set('Location', `${site.base}/api/notifications/${sent.id}`);
    ctx.body = view(sent);
  });

  router.post('/api/notifications/:id/accept', async (ctx) => {
    const { record, ...decision } = await readJson(ctx, acceptance, BODY_LIMIT);
    const key = record === undefined ? undefined : await keyOf(record);
    ctx.body = view(
      await notifications.accept(ctx.params['id'] ?? '', {
        ...present(decision),
        ...(key !== undefined && { record: key }),
      }),
    );
  });

  router.post('/api/notifications/:id/reject', async (ctx) => {
    const { note, ...decision } = await readJson(ctx, rejection, BODY_LIMIT);
    ctx.body = view(await notifications.reject(ctx.params['id'] ?? '', { note, ...present(decision) }));
  });

  router.post('/api/notifications/:id/undo', async (ctx) => {
    const { note } = await readJson(ctx, undoing, BODY_LIMIT);
    ctx.body = view(await notifications.undo(ctx.params['id'] ?? '', note));
  });

  router.post('/api/notifications/:id/resend', async (ctx) => {
    await readJson(ctx, nothing, BODY_LIMIT);
    ctx.body = view(await notifications.resend(ctx.params['id'] ?? ''));
  });

  /** A record by its key, its address or its OAI identifier. */
  async function keyOf(named: string): Promise<string> {
    const key = await findRecordKey(catalogue.holdings, named);
    if (key !== undefined) return key;
    const remedy = 'Look for it with "ngr search".';
    throw new HttpError(404, 'RECORD_UNKNOWN', 'No such record', `No record is held here under ${named}.`, {
      remedy,
    });
  }
}

function view({ at, delivery, why, place: _, digest: __, ...rest }: StoredNotification): object {
  return {
    ...rest,
    at: timeText(at),
    why,
    reason: reasonText(why),
    ...(delivery !== undefined && {
      delivery: {
        ...delivery,
        since: timeText(delivery.since),
        ...(delivery.next !== undefined && { next: timeText(delivery.next) }),
      },
    }),
  };
}

function conversationView({ moves, ...rest }: Conversation): object {
  return { ...rest, moves: moves.map((move) => ({ ...move, at: timeText(move.at) })) };
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}

/** Without what is not there. */
function present<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
