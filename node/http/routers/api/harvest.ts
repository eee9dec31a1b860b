import type Router from '@koa/router';
import { z } from 'zod';
import type { HttpParts } from '../../parts.ts';
import { findRecordKey } from '../../record-lookup.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const text = (most: number): z.ZodOptional<z.ZodString> =>
  z.string('is no text').min(1, 'is empty').max(most, 'is too long').optional();

const harvestBody = z
  .strictObject({
    source: text(200),
    full: z.boolean('is neither true nor false').optional(),
    set: text(2_000),
    /** One record, by its key, its address or its OAI identifier. */
    record: text(2_000),
  })
  .refine(({ full, set }) => full !== true || set === undefined, 'full is everything, and set one set')
  .refine(
    ({ source, full, set, record }) => record === undefined || (source ?? full ?? set) === undefined,
    'record stands alone',
  );

/** `/api/harvest`: how the harvests stand, and one more. */
export function harvestRoutes(router: Router, parts: HttpParts): void {
  const { harvester, site, log } = parts;
  router.get('/api/harvest', (ctx) => {
    ctx.body = { sources: harvester.state() };
  });

  router.post('/api/harvest', async (ctx) => {
    const { source, full, set, record } = await readJson(ctx, harvestBody, BODY_LIMIT);
    if (record !== undefined) {
      ctx.body = await harvester.reharvest(await identifierOf(parts, record));
      return;
    }
    const options = {
      ...(source !== undefined && { source }),
      ...(full !== undefined && { full }),
      ...(set !== undefined && { set }),
    };
    if (set !== undefined) await harvester.refuseUnknownSet({ ...(source !== undefined && { source }), set });
    // It goes on when this request is long answered; how it ends is in the source's state.
    harvester
      .run(options)
      .catch((error: unknown) => log.error({ err: error, ...options }, 'the harvest failed'));
    ctx.status = 202;
    ctx.set('Location', `${site.base}/api/harvest`);
    ctx.body = { sources: harvester.state() };
  });
}

/** What is not held yet can only be named by its OAI identifier. */
async function identifierOf({ catalogue }: HttpParts, named: string): Promise<string> {
  const key = await findRecordKey(catalogue.holdings, named);
  const holding = key === undefined ? undefined : await catalogue.holdings.get(key);
  return holding?.node === catalogue.node ? holding.oaiIdentifier : named;
}
