import Router from '@koa/router';
import type { Context, Next } from 'koa';
import { z } from 'zod';
import { NgrError } from '../../../vocab/errors.ts';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { HarvestError, severities } from '../../harvest/index.ts';
import { bearerToken } from '../bearer-token.ts';
import { HttpError } from '../errors.ts';
import type { HttpParts } from '../parts.ts';
import { readQuery, whole } from '../query.ts';
import { findRecordKey } from '../record-lookup.ts';
import { readJson } from '../request-body.ts';

const BODY_LIMIT = 16 * 1024;
const ISSUES = 100;

const harvestBody = z.strictObject({
  source: z.string().min(1, 'is empty').max(200, 'is too long').optional(),
  full: z.boolean('is neither true nor false').optional(),
});
const withdrawBody = z.strictObject({
  reason: z.string('is missing').trim().min(1, 'is empty').max(1_000, 'is longer than 1000 characters'),
});
const issuesQuery = z.object({
  severity: z.enum(severities, `is none of ${severities.join(', ')}`).optional(),
  limit: whole(1, 1_000).optional(),
  after: z.string().min(1, 'is empty').max(500, 'is too long').optional(),
});

/** `/api/…`: what the manager and the command line do. Needs the token; answers in JSON. */
export function apiRouter(parts: HttpParts): Router {
  const { catalogue, harvester, log } = parts;
  const router = new Router();
  router.use('/api', bearerToken(parts.apiToken), explainErrors);

  router.get('/api/status', async (ctx) => {
    ctx.body = await statusOf(parts);
  });

  router.get('/api/harvest', (ctx) => {
    ctx.body = { sources: harvester.state() };
  });

  router.post('/api/harvest', async (ctx) => {
    const options = await readJson(ctx, harvestBody, BODY_LIMIT);
    const { source, full } = options;
    const sources = harvester.state().map(({ name }) => name);
    if (source !== undefined && !sources.includes(source)) {
      const remedy = `Choose one of: ${sources.join(', ') || 'none is configured'}.`;
      const detail = `No source is named “${source}”.`;
      throw new HttpError(404, 'HARVEST_UNKNOWN_SOURCE', 'No such source', detail, { remedy });
    }
    // It goes on when this request is long answered; how it ends is in the source's state.
    harvester
      .run({ ...(source !== undefined && { source }), ...(full !== undefined && { full }) })
      .catch((error: unknown) => log.error({ err: error, source }, 'the harvest failed'));
    ctx.status = 202;
    ctx.set('Location', `${parts.site.base}/api/harvest`);
    ctx.body = { sources: harvester.state() };
  });

  router.get('/api/issues', async (ctx) => {
    const { severity, after, limit = ISSUES } = readQuery(ctx, issuesQuery);
    const options = {
      limit,
      ...(severity !== undefined && { severity }),
      ...(after !== undefined && { after }),
    };
    const issues = await harvester.issues(options);
    const next = issues.length < limit ? undefined : issues.at(-1)?.id;
    ctx.body = { issues, counts: await harvester.issueCounts(), ...(next !== undefined && { next }) };
  });

  router.post('/api/records/:key/withdraw', async (ctx) => {
    const { oaiIdentifier } = await ownHolding(ctx.params['key'] ?? '');
    const { reason } = await readJson(ctx, withdrawBody, BODY_LIMIT);
    const [result] = await catalogue.put([{ type: 'withdraw', oaiIdentifier, reason }]);
    ctx.body = result;
  });

  router.post('/api/records/:key/reinstate', async (ctx) => {
    const holding = await ownHolding(ctx.params['key'] ?? '');
    if (!isTombstone(holding)) {
      const detail = `${holding.oaiIdentifier} is neither withdrawn nor deleted.`;
      throw new HttpError(409, 'RECORD_NOT_WITHDRAWN', 'The record is not withdrawn', detail);
    }
    const record = await harvester.refetch(holding.oaiIdentifier);
    const [result] = await catalogue.put([{ type: 'reinstate', record }]);
    ctx.body = result;
  });

  /** A record of this node, by key, IRI or OAI identifier: the manager speaks for no other's. */
  async function ownHolding(text: string): Promise<Holding> {
    const key = await findRecordKey(catalogue.holdings, text);
    const holding = key === undefined ? undefined : await catalogue.holdings.get(key);
    if (holding === undefined) {
      const remedy =
        'Look for it with "ngr search"; the identifier has to be of one of the node\'s own records.';
      const detail = `No record is held here under ${text}.`;
      throw new HttpError(404, 'RECORD_UNKNOWN', 'No such record', detail, { remedy });
    }
    if (holding.node !== catalogue.node) {
      const detail = `${holding.oaiIdentifier} belongs to another institution, which alone can withdraw it.`;
      throw new HttpError(403, 'RECORD_NOT_OWN', 'The record is another institution’s', detail);
    }
    return holding;
  }

  return router;
}

async function statusOf(parts: HttpParts): Promise<Record<string, unknown>> {
  const { catalogue, duplicates, federation, harvester, health, site } = parts;
  const own = catalogue.feeds.state(catalogue.node);
  const peers = federation.peers();
  const [readiness, issues] = await Promise.all([health.ready(), harvester.issueCounts()]);
  return {
    node: site.node,
    name: site.name,
    base: site.base,
    network: site.network,
    version: site.version,
    addresses: federation.multiaddrs,
    position: catalogue.position,
    records: { own: own?.records ?? 0, held: peers.reduce((sum, { records }) => sum + records, 0) },
    works: duplicates.counts(),
    readers: parts.readers(),
    sources: harvester.state(),
    issues,
    peers: {
      known: peers.filter(({ self }) => !self).length,
      connected: peers.filter(({ self, connected }) => !self && connected).length,
      followed: peers.filter(({ self, followed }) => !self && followed).length,
    },
    ready: readiness,
  };
}

/** The one who has the token is told what went wrong in other parts, with the remedy. */
async function explainErrors(_ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (cause) {
    if (!(cause instanceof NgrError) || cause instanceof HttpError) throw cause;
    const status = cause instanceof HarvestError && cause.code === 'HARVEST_UNKNOWN_RECORD' ? 409 : 502;
    const { code, message, remedy } = cause;
    const options = remedy === undefined ? { cause } : { remedy, cause };
    throw new HttpError(status, code, 'That could not be done', message, options);
  }
}
