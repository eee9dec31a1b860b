import type Router from '@koa/router';
import { z } from 'zod';
import { readCoarNotify, type CoarNotification } from '../../../protocols/coar-notify/index.ts';
import { JSON_LD_TYPE, readNotification } from '../../../protocols/ldn/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import { format, HttpError, lang, namedRecords, readQuery, words } from '../../http/index.ts';
import { REQUESTS, type Decision, type StoredNotification } from '../../notifications/index.ts';
import type { Door } from '../door.ts';
import { notificationPage } from '../pages/notification.ts';
import { LISTS, notificationsPage, type Records } from '../pages/notifications.ts';
import type { DashboardParts } from '../parts.ts';

const PAGE = 25;
const ALL = '/dashboard/notifications';
const MOST_REASON = 1_000;

const query = z.object({
  format,
  lang,
  list: z.enum(LISTS, `is none of ${LISTS.join(', ')}`).optional(),
  before: words(100).optional(),
});

/** What came in by the inbox and what went out; decided, taken back, sent again. */
export function notificationRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { notifications, items, catalogue } = parts;
  const { heldKey } = namedRecords(catalogue);

  router.get(
    ALL,
    door.page('see', async (visit) => {
      const { list = 'waiting', before } = readQuery(visit.ctx, query);
      const found = await notifications.list(list, { before, limit: PAGE });
      return notificationsPage(visit, {
        list,
        notifications: found,
        records: await recordsOf(found),
        services: notifications.services,
        next: found.length < PAGE ? undefined : found.at(-1)?.id,
      });
    }),
  );

  router.get(
    `${ALL}/:id`,
    door.page('see', async (visit) => {
      const whole = await notifications.get(visit.ctx.params['id'] ?? '');
      if (whole === undefined)
        throw new HttpError(404, 'NOTIFICATION_UNKNOWN', 'No such notification', 'It is not here.');
      const { notification, body, conversation } = whole;
      return notificationPage(visit, {
        notification,
        said: await saidIn(body),
        body: indented(body),
        conversation,
        records: await recordsOf([notification]),
      });
    }),
  );

  router.post(
    ALL,
    door.form('decide', 'notification.request', async ({ fields }) => {
      const pattern = REQUESTS.find((one) => one === fields.get('pattern')) ?? REQUESTS[0];
      const record = await heldKey(fields.get('record') ?? '');
      const sent = await notifications.request(pattern, fields.get('service') ?? '', record);
      return { to: `${ALL}/${sent.id}`, on: told(sent) };
    }),
  );

  router.post(
    `${ALL}/:id/accept`,
    door.form('decide', 'notification.accept', async ({ ctx, fields }) => {
      const named = (fields.get('record') ?? '').trim();
      const record = named === '' ? undefined : await heldKey(named);
      const decided = await notifications.accept(ctx.params['id'] ?? '', {
        ...tentativelyIn(fields),
        ...(record !== undefined && { record }),
      });
      return done(decided);
    }),
  );

  router.post(
    `${ALL}/:id/reject`,
    door.form('decide', 'notification.reject', async ({ ctx, fields }) => {
      const note = noteIn(fields);
      if (note === undefined)
        throw new HttpError(400, 'REASON_MISSING', 'No reason', 'Turning down needs a reason.', {
          remedy: 'Write down why.',
        });
      return done(await notifications.reject(ctx.params['id'] ?? '', { note, ...tentativelyIn(fields) }));
    }),
  );

  router.post(
    `${ALL}/:id/undo`,
    door.form('decide', 'notification.undo', async ({ ctx, fields }) =>
      done(await notifications.undo(ctx.params['id'] ?? '', noteIn(fields))),
    ),
  );

  router.post(
    `${ALL}/:id/resend`,
    door.form('decide', 'notification.resend', async ({ ctx }) =>
      done(await notifications.resend(ctx.params['id'] ?? '')),
    ),
  );

  async function recordsOf(found: readonly StoredNotification[]): Promise<Records> {
    const held = await items.of([...new Set(found.flatMap(({ records }) => records))]);
    return new Map(held.map((item) => [item.key, item]));
  }
}

function done(decided: StoredNotification): { to: string; on: string } {
  return { to: `${ALL}/${decided.id}`, on: told(decided) };
}

/** How the log names a notification. */
function told({ id, pattern, party }: StoredNotification): string {
  return [pattern, party?.service ?? party?.id, id]
    .filter((part) => part !== undefined)
    .join(' · ')
    .slice(0, 300);
}

function noteIn(fields: URLSearchParams): string | undefined {
  const note = (fields.get('note') ?? '').trim().slice(0, MOST_REASON);
  return note === '' ? undefined : note;
}

function tentativelyIn(fields: URLSearchParams): Pick<Decision, 'tentatively'> {
  return fields.get('tentatively') === 'yes' ? { tentatively: true } : {};
}

/** What it says; of one that is of no pattern, nothing. */
async function saidIn(body: Uint8Array): Promise<CoarNotification | undefined> {
  try {
    return readCoarNotify(await readNotification(body, JSON_LD_TYPE));
  } catch (error) {
    if (error instanceof NgrError) return undefined;
    throw error;
  }
}

function indented(body: Uint8Array): string {
  return JSON.stringify(JSON.parse(Buffer.from(body).toString()), undefined, 2);
}
