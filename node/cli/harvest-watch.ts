import { z } from 'zod';
import type { CommandContext } from './command.ts';
import { CliError } from './errors.ts';
import { HarvestLines } from './harvest-lines.ts';
import type { NodeClient } from './node-client.ts';
import { sourcesOf, type SourceView } from './source-view.ts';

const ASK_EVERY_MS = 500;
/** After as many answers in which no source is being harvested, none will be. */
const IDLE_ANSWERS = 10;

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
