import type Router from '@koa/router';
import { z } from 'zod';
import { isTombstone, type Holding } from '../../../../vocab/record.ts';
import {
  CONTENT_ORDERS,
  CONTENT_STATES,
  contentStateOf,
  TEXT_STATES,
  textStateOf,
  type ContentItem,
  type ContentQuery,
} from '../../../content/index.ts';
import { sendTable } from '../../answers/send-table.ts';
import { ChosenRecords, MOST_CHOSEN } from '../../content/chosen-records.ts';
import { contentTable } from '../../content/table.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { recordKey, whole } from '../../requests/query.ts';
import { reason } from './records.ts';
import { count, key, next } from './values.ts';

const LIMIT = 50;

const choice = {
  q: z
    .string()
    .trim()
    .max(300, 'is longer than 300 characters')
    .describe('Words, or the key, address or OAI identifier of one record.')
    .optional(),
  state: z.enum(CONTENT_STATES, `is none of ${CONTENT_STATES.join(', ')}`).optional(),
  text: z
    .enum(TEXT_STATES, `is none of ${TEXT_STATES.join(', ')}`)
    .describe('What became of the full text.')
    .optional(),
  order: z
    .enum(CONTENT_ORDERS, `is none of ${CONTENT_ORDERS.join(', ')}`)
    .describe('Dates from the latest, titles from A; without it by relevance, or the latest change first.')
    .optional(),
  turned: z
    .enum(['true', 'false'], 'is neither true nor false')
    .describe('The order turned round.')
    .optional(),
};

const item = z
  .object({
    key,
    id: z.string().describe('Its IRI.'),
    oaiIdentifier: z.string(),
    name: z.string().describe('Its title.'),
    authors: z.array(z.string()).optional(),
    published: z.string().optional(),
    changed: z.string().describe('Its datestamp in the repository.'),
    state: z.enum(CONTENT_STATES),
    text: z.enum(TEXT_STATES).optional(),
    reason: z.string().optional().describe('Of what was withdrawn or deleted.'),
    copies: count.describe('How many other records are of the same work.'),
  })
  .meta({ id: 'OwnRecord' });

const records = z
  .array(recordKey)
  .min(1, 'are none')
  .max(MOST_CHOSEN, `are more than ${MOST_CHOSEN}`)
  .describe('The keys of own records; those that are not are left alone.');
const done = {
  group: 'records',
  answers: {
    200: {
      what: 'Those that it was done to.',
      schema: z.object({ records: z.array(z.string().describe('An OAI identifier.')) }),
    },
  },
} as const;
const example = { records: ['abcdefghijklmnopqrst'] };

export const contentOperations = {
  list: operation({
    method: 'GET',
    path: '/api/records',
    group: 'records',
    right: 'see',
    summary: 'The institution’s own records, those that are gone among them',
    query: z.strictObject({
      ...choice,
      after: z
        .string()
        .min(1, 'is empty')
        .max(1_000, 'is no place in the list')
        .describe('`next` of the page before.')
        .optional(),
      limit: whole(1, 200).optional(),
    }),
    goesOnBy: 'after',
    answers: {
      200: {
        what: 'A page of records.',
        schema: z.object({
          records: z.array(item),
          total: count,
          isCut: z.boolean().describe('Whether more were found than are listed.'),
          next,
        }),
      },
    },
    problems: { 400: ['CONTENT_NO_PLACE'] },
  }),
  table: operation({
    method: 'GET',
    path: '/api/records.csv',
    group: 'records',
    right: 'export',
    summary: 'The own records as a table',
    query: z.strictObject(choice),
    answers: { 200: { what: 'All that fit.', types: ['text/csv'] } },
  }),
  withdraw: operation({
    method: 'POST',
    path: '/api/records/withdraw',
    ...done,
    right: 'withdraw',
    summary: 'Withdraw several records',
    body: z.strictObject({ records, reason }),
    example: { ...example, reason: 'Withdrawn by the author.' },
    problems: { 400: ['NOTHING_CHOSEN'] },
  }),
  reinstate: operation({
    method: 'POST',
    path: '/api/records/reinstate',
    ...done,
    right: 'withdraw',
    summary: 'Bring several withdrawn records back',
    body: z.strictObject({ records }),
    example,
    problems: { 400: ['NOTHING_CHOSEN'], 409: ['HARVEST_UNKNOWN_RECORD'] },
  }),
  harvest: operation({
    method: 'POST',
    path: '/api/records/harvest',
    ...done,
    right: 'harvest',
    summary: 'Harvest several records anew',
    body: z.strictObject({ records }),
    example,
    problems: { 400: ['NOTHING_CHOSEN'], 409: ['HARVEST_UNKNOWN_RECORD'] },
  }),
};

/** `/api/records`: the institution's own records, as the dashboard lists them, and what is done to several of them. */
export function contentRoutes(
  router: Router,
  parts: Pick<HttpParts, 'content' | 'catalogue' | 'harvester'>,
): void {
  const { content } = parts;
  const chosen = new ChosenRecords(parts);

  route(router, contentOperations.list, async ({ query: { after, limit = LIMIT, ...asked } }) => {
    const { items, total, isCut, next } = await content.page({ ...contentQuery(asked), after, limit });
    return { records: items.map(view), total, isCut, ...(next !== undefined && { next }) };
  });

  route(router, contentOperations.table, ({ ctx, query }) => {
    sendTable(ctx, 'records', () => contentTable(content.all(contentQuery(query)), titleOf));
  });

  route(router, contentOperations.withdraw, async ({ body: { records, reason } }) =>
    named(await chosen.withdraw(records, reason)),
  );
  route(router, contentOperations.reinstate, async ({ body: { records } }) =>
    named(await chosen.reinstate(records)),
  );
  route(router, contentOperations.harvest, async ({ body: { records } }) =>
    named(await chosen.harvest(records)),
  );
}

type Asked = z.output<z.ZodObject<typeof choice>>;

function contentQuery({ q = '', state, text, order, turned }: Asked): Omit<ContentQuery, 'limit'> {
  return { words: q, state, text, order, isTurned: turned === 'true' };
}

function view({ key, holding, copies }: ContentItem): z.input<typeof item> {
  const { id, oaiIdentifier, datestamp } = holding;
  const always = { key, id, oaiIdentifier, name: titleOf(holding), changed: datestamp, copies };
  const state = contentStateOf(holding);
  if (isTombstone(holding)) return { ...always, state, reason: holding.tombstone.reason };
  return {
    ...always,
    state,
    authors: holding.creators.map(({ name }) => name),
    published: holding.published,
    text: textStateOf(holding),
  };
}

function titleOf({ titles, oaiIdentifier }: Holding): string {
  return titles[0]?.value ?? oaiIdentifier;
}

function named(holdings: readonly Holding[]): { records: string[] } {
  return { records: holdings.map(({ oaiIdentifier }) => oaiIdentifier) };
}
