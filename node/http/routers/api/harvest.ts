import type Router from '@koa/router';
import { z } from 'zod';
import { RUNS_KEPT, type HarvestSummary, type SourceState } from '../../../harvest/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { findHolding } from '../../records/lookup.ts';
import { whole, words } from '../../requests/query.ts';
import { count, key, time, timeText } from './values.ts';

const PAST = 50;

const text = (most: number): z.ZodString =>
  z.string('is no text').min(1, 'is empty').max(most, 'is too long');

const harvestBody = z
  .strictObject({
    source: text(200).describe('The name of one source; without it, all.').optional(),
    full: z
      .boolean('is neither true nor false')
      .describe('All that there is, not only what changed.')
      .optional(),
    set: text(2_000).describe('One set of OAI-PMH.').optional(),
    record: text(2_000)
      .describe('One record, by its key, its address or its OAI identifier. It stands alone.')
      .optional(),
  })
  .refine(({ full, set }) => full !== true || set === undefined, 'full is everything, and set one set')
  .refine(
    ({ source, full, set, record }) => record === undefined || (source ?? full ?? set) === undefined,
    'record stands alone',
  );

const counts = {
  pages: count,
  records: count.describe('Records that were read, deleted ones among them.'),
  created: count,
  updated: count,
  deleted: count,
  vanished: count.describe('Of those deleted: gone from the source without a word.'),
  unchanged: count,
  absent: count.describe('Deleted in the source, and not here either.'),
  withdrawn: count.describe('Read, and left withdrawn.'),
  refused: count.describe('Read, and of no use: an issue tells why.'),
  elsewhere: count.describe('Left as another source has them.'),
  repeated: count,
  issues: count,
};
const kind = z.enum(['full', 'incremental', 'set']);

/** How a harvest ended. */
const run = z
  .object({
    ...counts,
    source: z.string(),
    kind,
    set: z.string().optional(),
    outcome: z.enum(['complete', 'failed', 'stopped']),
    startedAt: time,
    endedAt: time,
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        remedy: z.string().optional(),
        retryAfterMs: z.number().optional(),
      })
      .optional(),
  })
  .meta({ id: 'Harvest' });

/** How a source stands. */
export const sourceState = z
  .object({
    name: z.string(),
    type: z.string(),
    url: z.string(),
    running: z.boolean(),
    progress: z
      .object({
        ...counts,
        kind,
        set: z.string().optional(),
        total: count.optional(),
        share: z.number().min(0).max(1).optional(),
        leftMs: z.number().optional(),
        ratePerSecond: z.number(),
        startedAt: time,
      })
      .optional(),
    lastRun: run.optional(),
    nextRunAt: time.optional(),
  })
  .meta({ id: 'Source' });
const sources = z.object({ sources: z.array(sourceState) });

/** What became of one record. */
export const recordOutcome = z
  .object({
    key,
    outcome: z.enum(['created', 'updated', 'deleted', 'withdrawn', 'unchanged', 'unknown', 'kept-withdrawn']),
  })
  .meta({ id: 'RecordOutcome' });

export const harvestOperations = {
  state: operation({
    method: 'GET',
    path: '/api/harvest',
    group: 'harvest',
    right: 'see',
    summary: 'How the harvest of each source stands',
    description: 'Progress of what is going on, how the last one ended, and when the next one is due.',
    answers: { 200: { what: 'The sources.', schema: sources } },
  }),
  past: operation({
    method: 'GET',
    path: '/api/harvest/past',
    group: 'harvest',
    right: 'see',
    summary: 'How the latest harvests ended, the latest first',
    description: `The last ${RUNS_KEPT} of each source are kept.`,
    query: z.strictObject({ source: words(200).optional(), limit: whole(1, RUNS_KEPT).optional() }),
    answers: { 200: { what: 'The harvests.', schema: z.object({ harvests: z.array(run) }) } },
    problems: { 404: ['HARVEST_UNKNOWN_SOURCE'] },
  }),
  run: operation({
    method: 'POST',
    path: '/api/harvest',
    group: 'harvest',
    right: 'harvest',
    summary: 'Harvest now',
    description: 'A harvest goes on after it is answered; how it ends is in the state of its source.',
    body: harvestBody,
    example: { source: 'repository' },
    answers: {
      200: { what: 'What became of the one record that was named.', schema: recordOutcome },
      202: { what: 'The harvest has begun.', schema: sources },
    },
    problems: {
      400: ['HARVEST_SET_OF_SEVERAL', 'HARVEST_UNKNOWN_SET'],
      404: ['HARVEST_UNKNOWN_SOURCE'],
      409: ['HARVEST_UNKNOWN_RECORD'],
    },
  }),
};

/** `/api/harvest`: how the harvests stand, and one more. */
export function harvestRoutes(router: Router, parts: HttpParts): void {
  const { harvester, site, log } = parts;
  route(router, harvestOperations.state, () => ({ sources: harvester.state().map(toldSource) }));

  route(router, harvestOperations.past, async ({ query: { source, limit = PAST } }) => {
    const past = await harvester.pastRuns({ limit, ...(source !== undefined && { source }) });
    return { harvests: past.map(toldRun) };
  });

  route(router, harvestOperations.run, async ({ ctx, body: { source, full, set, record } }) => {
    if (record !== undefined) return await harvester.reharvest(await identifierOf(parts, record));
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
    return { sources: harvester.state().map(toldSource) };
  });
}

/** A source with its times as text. */
export function toldSource({
  progress,
  lastRun,
  nextRunAt,
  ...source
}: SourceState): z.input<typeof sourceState> {
  return {
    ...source,
    ...(progress !== undefined && { progress: { ...progress, startedAt: timeText(progress.startedAt) } }),
    ...(lastRun !== undefined && { lastRun: toldRun(lastRun) }),
    ...(nextRunAt !== undefined && { nextRunAt: timeText(nextRunAt) }),
  };
}

function toldRun(summary: HarvestSummary): z.input<typeof run> {
  return { ...summary, startedAt: timeText(summary.startedAt), endedAt: timeText(summary.endedAt) };
}

/** What is not held yet can only be named by its OAI identifier. */
async function identifierOf({ catalogue }: HttpParts, named: string): Promise<string> {
  const held = await findHolding(catalogue.holdings, named);
  return held?.holding.node === catalogue.node ? held.holding.oaiIdentifier : named;
}
