import type Router from '@koa/router';
import { z } from 'zod';
import type { Statement } from '../../../statements/index.ts';
import type { HttpParts } from '../../parts.ts';
import { readQuery, recordPair, whole, words } from '../../query.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';
import { namedRecords } from '../../named-records.ts';

const LIMIT = 100;

const record = z.string('is no text').trim().min(1, 'is empty').max(2_000, 'is longer than 2000 characters');
const saying = z.strictObject({
  records: z.tuple([record, record], 'is not two records'),
  says: z.enum(['same', 'different'], 'is neither "same" nor "different"'),
});
const listQuery = z.strictObject({
  record: words(2_000).optional(),
  after: recordPair.optional(),
  limit: whole(1, 500).optional(),
});

/** `/api/statements`: what the manager says of records that are of one work, or are not. */
export function statementRoutes(
  router: Router,
  { statements, duplicates, catalogue }: Pick<HttpParts, 'statements' | 'duplicates' | 'catalogue'>,
): void {
  const { heldKey, keyOf } = namedRecords(catalogue);

  router.get('/api/statements', async (ctx) => {
    const { record: named, after, limit = LIMIT } = readQuery(ctx, listQuery);
    const record = named === undefined ? undefined : await keyOf(named);
    const found = statements.list({
      limit,
      ...(record !== undefined && { record }),
      ...(after !== undefined && { after }),
    });
    const last = found.length < limit ? undefined : found.at(-1);
    ctx.body = {
      statements: found.map(view),
      total: statements.count,
      ...(last !== undefined && { next: last.records.join('!') }),
    };
  });

  router.post('/api/statements', async (ctx) => {
    const { records, says } = await readJson(ctx, saying, BODY_LIMIT);
    const [a, b] = [await heldKey(records[0]), await heldKey(records[1])];
    const statement = await statements.say(a, b, says);
    // Who asks next sees the works as they are with it.
    await duplicates.settled();
    ctx.body = view(statement);
  });

  router.delete('/api/statements/:a/:b', async (ctx) => {
    const { a = '', b = '' } = ctx.params as { a?: string; b?: string };
    await statements.takeBack(await keyOf(a), await keyOf(b));
    await duplicates.settled();
    ctx.status = 204;
  });
}

function view({ at, ...statement }: Statement): object {
  return { ...statement, at: new Date(at).toISOString() };
}
