import Router from '@koa/router';
import { z } from 'zod';
import { isTombstone } from '../../../vocab/record.ts';
import { UsageError } from '../../analysis/usage/index.ts';
import { MOST_TOLD, writeBeside, writeEvidence } from '../cluster/index.ts';
import { HttpError } from '../errors.ts';
import type { PublicParts } from '../public-parts.ts';
import { unknownRecord } from '../records/lookup.ts';
import { readJson } from '../requests/body.ts';

/** A head of a request has 16 KB at the most, and each view one line of it, whose characters may take two bytes each in JSON. */
const BODY_LIMIT = MOST_TOLD * 33 * 1024;

const views = z.strictObject({
  views: z
    .array(
      z.strictObject({
        kind: z.literal('investigation'),
        key: z.string().max(50),
        address: z.string().max(100),
        userAgent: z.string().max(16 * 1024),
        time: z.number(),
      }),
    )
    .max(MOST_TOLD),
});

/**
 * `/cluster`: what the processes of the role `http` ask and tell the one that writes (node/http/cluster). For others it is not there.
 */
export function clusterRouter({
  beside,
  catalogue,
  usage,
  works,
}: Pick<PublicParts, 'beside' | 'catalogue' | 'usage' | 'works'>): Router {
  const router = new Router();

  router.use('/cluster', (ctx, next) => {
    if (ctx.state['isOfCluster'] === true) return next();
    throw new HttpError(404, 'NOT_FOUND', 'There is nothing here', `There is nothing at ${ctx.path}.`);
  });

  router.get('/cluster/records/:key', async (ctx) => {
    const key = ctx.params['key'] ?? '';
    const record = await catalogue.holdings.get(key);
    if (record === undefined || isTombstone(record)) throw unknownRecord(key);
    ctx.body = writeBeside(await beside.ofRecord(key, record, await works.of(key)));
  });

  router.get('/cluster/works/:id', async (ctx) => {
    const work = await works.byId(ctx.params['id'] ?? '');
    ctx.body = work === undefined ? [] : writeEvidence(await beside.ofWork(work));
  });

  router.get('/cluster/addresses', async (ctx) => {
    ctx.body = await beside.addresses();
  });

  router.post('/cluster/views', async (ctx) => {
    const told = await readJson(ctx, views, BODY_LIMIT);
    // What the counting refuses it has counted as refused; it is not to come again.
    await Promise.all(told.views.map((view) => usage.record(view).catch(unlessRefused)));
    ctx.status = 204;
  });

  return router;
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof UsageError)) throw error;
}
