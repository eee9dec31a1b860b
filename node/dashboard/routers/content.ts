import type Router from '@koa/router';
import { z } from 'zod';
import { isRecordKey, recordKey } from '../../../vocab/record-key.ts';
import type { Holding } from '../../../vocab/record.ts';
import { CONTENT_ORDERS, CONTENT_STATES, TEXT_STATES, type ContentQuery } from '../../content/index.ts';
import {
  ChosenRecords,
  contentTable,
  format,
  HttpError,
  lang,
  MOST_CHOSEN,
  readQuery,
  sendTable,
  titleText,
  whole,
} from '../../http/index.ts';
import type { Door, Submission } from '../door.ts';
import {
  CONTENT_ACTS,
  contentPage,
  parametersOf,
  type ContentAct,
  type ContentChoice,
} from '../pages/content.ts';
import type { DashboardParts } from '../parts.ts';

const PAGE = 50;

/** A choice that a form leaves open comes as an empty text. */
const oneOf = <Value extends string>(values: readonly Value[]) =>
  z
    .union([z.literal('').transform(() => undefined), z.enum(values, `is none of ${values.join(', ')}`)])
    .optional();

const chosen = {
  q: z.string().trim().max(300, 'is longer than 300 characters').default(''),
  state: oneOf(CONTENT_STATES),
  text: oneOf(TEXT_STATES),
  order: oneOf(CONTENT_ORDERS),
  turned: z
    .enum(['true', 'false'], 'is neither true nor false')
    .transform((value) => value === 'true')
    .optional(),
};
const query = z.object({
  format,
  lang,
  ...chosen,
  after: z.string().max(1_000, 'is no place in the list').optional(),
  done: z.enum(CONTENT_ACTS, `is none of ${CONTENT_ACTS.join(', ')}`).optional(),
  records: whole(0, MOST_CHOSEN).optional(),
  record: z.string().refine(isRecordKey, 'is no key of a record').optional(),
});
const choice = z.object(chosen);

/** The institution's own records: in an order, or what a search finds. */
export function contentRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { content } = parts;
  const records = new ChosenRecords(parts);

  router.get(
    '/dashboard/records',
    door.page('see', async (visit) => {
      const { after, done, records = 0, record, ...asked } = readQuery(visit.ctx, query);
      const page = await content.page({ ...contentQuery(asked), after, limit: PAGE });
      return contentPage(visit, {
        ...page,
        choice: asked,
        isFirst: after === undefined,
        ...(done !== undefined && { done: { act: done, records, record } }),
      });
    }),
  );

  router.get(
    '/dashboard/records.csv',
    door.file('export', (visit) => {
      const asked = contentQuery(readQuery(visit.ctx, query));
      sendTable(visit.ctx, 'records', () =>
        contentTable(content.all(asked), (holding) => titleText(visit.view, holding)),
      );
    }),
  );

  router.post(
    '/dashboard/records/withdraw',
    door.form('withdraw', 'record.withdraw', async (submission) => {
      const reason = (submission.fields.get('reason') ?? '').trim().slice(0, 1_000);
      if (reason === '') {
        const detail = 'A withdrawal needs a reason, which everybody can read.';
        throw new HttpError(400, 'REASON_MISSING', 'No reason', detail, { remedy: 'Write down why.' });
      }
      return leadBack(submission, 'withdraw', await records.withdraw(keysIn(submission), reason));
    }),
  );

  router.post(
    '/dashboard/records/reinstate',
    door.form('withdraw', 'record.reinstate', async (submission) =>
      leadBack(submission, 'reinstate', await records.reinstate(keysIn(submission))),
    ),
  );

  router.post(
    '/dashboard/records/harvest',
    door.form('harvest', 'record.harvest', async (submission) =>
      leadBack(submission, 'harvest', await records.harvest(keysIn(submission))),
    ),
  );
}

/** The records that were ticked. */
function keysIn({ fields }: Submission): string[] {
  return fields.getAll('record');
}

function contentQuery({ q, state, text, order, turned }: ContentChoice): Omit<ContentQuery, 'limit'> {
  return { words: q, state, text, order, isTurned: turned };
}

/** To the list as it was chosen, with word of what was done. */
function leadBack(
  { fields }: Submission,
  act: ContentAct,
  records: readonly Holding[],
): { to: string; query: Record<string, string>; on: string } {
  const before = choice.safeParse(
    Object.fromEntries(Object.keys(chosen).map((name) => [name, fields.get(`list-${name}`) ?? undefined])),
  );
  const on = records.map(({ oaiIdentifier }) => oaiIdentifier);
  const [one, ...others] = records;
  const record = act === 'withdraw' && others.length === 0 ? one : undefined;
  const told = on.slice(0, 20).join(' ');
  return {
    to: '/dashboard/records',
    query: {
      ...(before.success && parametersOf(before.data)),
      done: act,
      records: String(on.length),
      ...(record !== undefined && { record: recordKey(record.node, record.oaiIdentifier) }),
    },
    on: on.length > 20 ? `${told} … (${on.length})` : told,
  };
}
