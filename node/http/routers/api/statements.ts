import type Router from '@koa/router';
import { z } from 'zod';
import type { Statement } from '../../../statements/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { namedRecords } from '../../records/named-records.ts';
import { recordPair, whole, words } from '../../requests/query.ts';
import { count, key, next, time, timeText } from './values.ts';

const LIMIT = 100;

const record = z
  .string('is no text')
  .trim()
  .min(1, 'is empty')
  .max(2_000, 'is longer than 2000 characters')
  .describe('A record: its key, its address or its OAI identifier.');

const statement = z
  .object({
    records: z.tuple([key, key]),
    says: z.enum(['same', 'different']),
    by: z.literal('manager'),
    at: time,
  })
  .meta({ id: 'Statement' });

export const statementOperations = {
  list: operation({
    method: 'GET',
    path: '/api/statements',
    group: 'duplicates',
    right: 'see',
    summary: 'What was said of records that are of one work, or are not',
    query: z.strictObject({
      record: words(2_000)
        .describe('Only what is about this record: its key, address or OAI identifier.')
        .optional(),
      after: recordPair.describe('`next` of the page before.').optional(),
      limit: whole(1, 500).optional(),
    }),
    goesOnBy: 'after',
    answers: {
      200: {
        what: 'A page of statements.',
        schema: z.object({ statements: z.array(statement), total: count, next }),
      },
    },
    problems: { 404: ['RECORD_UNKNOWN'] },
  }),
  say: operation({
    method: 'POST',
    path: '/api/statements',
    group: 'duplicates',
    right: 'decide',
    summary: 'Say that two records are of one work, or are not',
    description: 'It holds on this node at once, and is published as the institution’s statement.',
    body: z.strictObject({
      records: z.tuple([record, record], 'is not two records'),
      says: z.enum(['same', 'different'], 'is neither "same" nor "different"'),
    }),
    example: { records: ['oai:repository.example:1', 'oai:repository.example:2'], says: 'different' },
    answers: { 200: { what: 'The statement.', schema: statement } },
    problems: {
      400: ['STATEMENT_OF_ITSELF'],
      404: ['RECORD_UNKNOWN'],
      409: ['STATEMENT_CONTRADICTS', 'STATEMENT_TOO_MANY'],
    },
  }),
  takeBack: operation({
    method: 'DELETE',
    path: '/api/statements/:a/:b',
    group: 'duplicates',
    right: 'decide',
    summary: 'Take back what was said of two records',
    parameters: {
      a: 'One record: its key, address or OAI identifier.',
      b: 'The other.',
    },
    answers: { 204: { what: 'It is taken back.' } },
    problems: { 404: ['RECORD_UNKNOWN', 'STATEMENT_UNKNOWN'] },
  }),
};

/** `/api/statements`: what the manager says of records that are of one work, or are not. */
export function statementRoutes(
  router: Router,
  { statements, duplicates, catalogue }: Pick<HttpParts, 'statements' | 'duplicates' | 'catalogue'>,
): void {
  const { heldKey, keyOf } = namedRecords(catalogue);

  route(router, statementOperations.list, async ({ query: { record: named, after, limit = LIMIT } }) => {
    const record = named === undefined ? undefined : await keyOf(named);
    const found = statements.list({
      limit,
      ...(record !== undefined && { record }),
      ...(after !== undefined && { after }),
    });
    const last = found.length < limit ? undefined : found.at(-1);
    return {
      statements: found.map(view),
      total: statements.count,
      ...(last !== undefined && { next: last.records.join('!') }),
    };
  });

  route(router, statementOperations.say, async ({ body: { records, says } }) => {
    const [a, b] = [await heldKey(records[0]), await heldKey(records[1])];
    const statement = await statements.say(a, b, says);
    // Who asks next sees the works as they are with it.
    await duplicates.settled();
    return view(statement);
  });

  route(router, statementOperations.takeBack, async ({ path: { a, b } }) => {
    await statements.takeBack(await keyOf(a), await keyOf(b));
    await duplicates.settled();
  });
}

function view({ at, ...statement }: Statement): Omit<Statement, 'at'> & { at: string } {
  return { ...statement, at: timeText(at) };
}
