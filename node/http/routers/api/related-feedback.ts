import type Router from '@koa/router';
import { z } from 'zod';
import type { Opinion } from '../../../related-feedback/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { namedRecords } from '../../records/named-records.ts';
import { recordPair, whole, words } from '../../requests/query.ts';
import { count, key, next, time, timeText } from './values.ts';

const LIMIT = 100;

const name = z
  .string('is no text')
  .trim()
  .min(1, 'is empty')
  .max(2_000, 'is longer than 2000 characters')
  .describe('A record: its key, its address or its OAI identifier.');

const opinion = z
  .object({
    record: key,
    item: key,
    votes: count.describe('Readers who said so.'),
    leftOutBy: z.enum(['readers', 'manager']).optional(),
    at: time,
  })
  .meta({ id: 'RelatedFeedback' });

export const relatedFeedbackOperations = {
  list: operation({
    method: 'GET',
    path: '/api/related-feedback',
    group: 'related',
    right: 'see',
    summary: 'What readers and the manager say does not belong among related items',
    query: z.strictObject({
      record: words(2_000).describe('Only what was suggested with this record.').optional(),
      after: recordPair.describe('`next` of the page before.').optional(),
      limit: whole(1, 500).optional(),
    }),
    goesOnBy: 'after',
    answers: {
      200: {
        what: 'A page of it, and how much there is.',
        schema: z.object({ feedback: z.array(opinion), pairs: count, leftOut: count, next }),
      },
    },
    problems: { 404: ['RECORD_UNKNOWN'] },
  }),
  leaveOut: operation({
    method: 'POST',
    path: '/api/related-feedback',
    group: 'related',
    right: 'decide',
    summary: 'Leave an item out of those related to a record',
    body: z.strictObject({ record: name, item: name }),
    example: { record: 'oai:repository.example:1', item: 'oai:repository.example:2' },
    answers: { 200: { what: 'It is left out.', schema: opinion } },
    problems: { 400: ['FEEDBACK_OF_ITSELF'], 404: ['RECORD_UNKNOWN'], 409: ['FEEDBACK_FULL'] },
  }),
  takeBack: operation({
    method: 'DELETE',
    path: '/api/related-feedback/:record/:item',
    group: 'related',
    right: 'decide',
    summary: 'Suggest an item again',
    parameters: { record: 'The record: key, address or OAI identifier.', item: 'The item, likewise.' },
    answers: { 204: { what: 'Nothing is said of the two any more.' } },
    problems: { 404: ['RECORD_UNKNOWN', 'FEEDBACK_UNKNOWN'] },
  }),
};

/** `/api/related-feedback`: what readers and the manager say does not belong among the related items of a record. */
export function relatedFeedbackRoutes(
  router: Router,
  { feedback, catalogue }: Pick<HttpParts, 'feedback' | 'catalogue'>,
): void {
  const { heldKey, keyOf } = namedRecords(catalogue);

  route(router, relatedFeedbackOperations.list, async ({ query }) => {
    const { record: named, after, limit = LIMIT } = query;
    const record = named === undefined ? undefined : await keyOf(named);
    const found = feedback.list({
      limit,
      ...(record !== undefined && { record }),
      ...(after !== undefined && { after }),
    });
    const last = found.length < limit ? undefined : found.at(-1);
    return {
      feedback: found.map(view),
      ...feedback.counts,
      ...(last !== undefined && { next: `${last.record}!${last.item}` }),
    };
  });

  route(router, relatedFeedbackOperations.leaveOut, async ({ body: { record, item } }) =>
    view(await feedback.leaveOut(await heldKey(record), await heldKey(item))),
  );

  route(router, relatedFeedbackOperations.takeBack, async ({ path: { record, item } }) => {
    await feedback.takeBack(await keyOf(record), await keyOf(item));
  });
}

function view({ at, ...opinion }: Opinion): Omit<Opinion, 'at'> & { at: string } {
  return { ...opinion, at: timeText(at) };
}
