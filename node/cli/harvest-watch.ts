import { z } from 'zod';
import type { CommandContext } from './command.ts';
import { CliError } from './errors.ts';
import { HarvestLines } from './harvest-lines.ts';
import type { NodeClient } from './node-client.ts';

const ASK_EVERY_MS = 500;
/** After as many answers in which no source is being harvested, none will be. */
const IDLE_ANSWERS = 10;

const counts = z.looseObject({
  pages: z.number(),
  records: z.number(),
  created: z.number(),
  updated: z.number(),
  deleted: z.number(),
  unchanged: z.number(),
  // Not told by a node that was harvested by an older version.
  vanished: z.number().default(0),
  absent: z.number().default(0),
  withdrawn: z.number().default(0),
  refused: z.number().default(0),
  elsewhere: z.number().default(0),
  repeated: z.number().default(0),
  issues: z.number(),
});

const progressSchema = counts.extend({
  total: z.number().optional(),
  share: z.number().optional(),
  leftMs: z.number().optional(),
  ratePerSecond: z.number(),
});
export type Progress = z.output<typeof progressSchema>;

const summarySchema = counts.extend({
  outcome: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  error: z.looseObject({ code: z.string(), message: z.string(), remedy: z.string().optional() }).optional(),
});
export type Summary = z.output<typeof summarySchema>;

/** A source as the node tells of it (`SourceState`). */
export const sourceSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  url: z.string(),
  running: z.boolean(),
  progress: progressSchema.optional(),
  lastRun: summarySchema.optional(),
  nextRunAt: z.iso.datetime().optional(),
});
export type SourceView = z.output<typeof sourceSchema>;

const sourcesSchema = z.looseObject({ sources: z.array(sourceSchema) });

export async function sourcesOf(client: NodeClient): Promise<SourceView[]> {
  return (await client.get('/api/harvest', sourcesSchema)).sources;
}

/** Starts a harvest and follows it to its end: the state of each source that was harvested. */
export async function harvestAndWatch(
  client: NodeClient,
  context: CommandContext,
  request: { source?: string; full?: boolean; set?: string },
  start: () => Promise<unknown> = () => client.post('/api/harvest', request, z.unknown()),
): Promise<SourceView[]> {
  // Others have no sets.
  const isMeant = ({ name, type }: SourceView): boolean =>
    (request.source === undefined || name === request.source) &&
    (request.set === undefined || type === 'oai-pmh');
  const before = new Map((await sourcesOf(client)).map(({ name, lastRun }) => [name, lastRun?.endedAt]));
  await start();
  const lines = new HarvestLines(context);
  try {
    for (let idle = 0; idle < IDLE_ANSWERS;) {
      const sources = (await sourcesOf(client)).filter(isMeant);
      lines.show(sources);
      const isDone = ({ name, running, lastRun }: SourceView): boolean =>
        !running && lastRun !== undefined && lastRun.endedAt !== before.get(name);
      if (sources.every(isDone)) return sources;
      idle = sources.some(({ running }) => running) ? 0 : idle + 1;
      await context.clock.sleep(ASK_EVERY_MS, context.stopping);
    }
  } finally {
    lines.end();
  }
  throw new CliError('HARVEST_NOT_RUN', 'The harvest did not start, or ended without a result.', {
    remedy: 'The log of the node tells why.',
  });
}
