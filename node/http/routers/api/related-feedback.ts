import type Router from '@koa/router';
import { z } from 'zod';
import type { Opinion } from '../../../related-feedback/index.ts';
import type { HttpParts } from '../../parts.ts';
import { readQuery, recordPair, whole, words } from '../../query.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';
import { namedRecords } from '../../named-records.ts';

const LIMIT = 100;

const name = z.string('is no text').trim().min(1, 'is empty').max(2_000, 'is longer than 2000 characters');
const saying = z.strictObject({ record: name, item: name });
const listQuery = z.strictObject({
  record: words(2_000).optional(),
  after: recordPair.optional(),
  limit: whole(1, 500).optional(),
});

/** `/api/related-feedback`: what readers and the manager say does not belong among the related items of a record. */
export function relatedFeedbackRoutes(
  router: Router,
  { feedback, catalogue }: Pick<HttpParts, 'feedback' | 'catalogue'>,
): void {
  const { heldKey, keyOf } = namedRecords(catalogue);

  router.get('/api/related-feedback', async (ctx) => {
    const { record: named, after, limit = LIMIT } = readQuery(ctx, listQuery);
    const record = named === undefined ? undefined : await keyOf(named);
    const found = feedback.list({
      limit,
      ...(record !== undefined && { record }),
      ...(after !== undefined && { after }),
    });
    const last = found.length < limit ? undefined : found.at(-1);
    ctx.body = {
      feedback: found.map(view),
      ...feedback.counts,
      ...(last !== undefined && { next: `${last.record}!${last.item}` }),
    };
  });

  router.post('/api/related-feedback', async (ctx) => {
    const { record, item } = await readJson(ctx, saying, BODY_LIMIT);
    ctx.body = view(await feedback.leaveOut(await heldKey(record), await heldKey(item)));
  });

  router.delete('/api/related-feedback/:record/:item', async (ctx) => {
    const { record = '', item = '' } = ctx.params as { record?: string; item?: string };
    await feedback.takeBack(await keyOf(record), await keyOf(item));
    ctx.status = 204;
  });
}

function view({ at, ...opinion }: Opinion): object {
  return { ...opinion, at: new Date(at).toISOString() };
}
