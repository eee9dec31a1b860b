import { Option, type Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { summaryText } from '../harvest-lines.ts';
import { harvestAndWatch } from '../harvest-watch.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { outcomeSchema } from '../outcome.ts';
import { oneLine, print } from '../print.ts';
import { RECORD_HELP } from '../record-argument.ts';
import type { SourceView } from '../source-view.ts';

type HarvestOptions = CommonOptions & { full?: true; set?: string; record?: string };

export function harvestCommand(context: CommandContext): Command {
  return aCommand('harvest', {
    description:
      'Harvests the sources now, and waits until it is done. One that was broken off goes on where it stopped.',
    options: [
      new Option('--full', 'all records, not only what changed since the last time'),
      new Option('--set <SPEC>', 'all records of one set, and nothing else').conflicts('full'),
      new Option('--record <ID>', `one record alone: ${RECORD_HELP}`).conflicts(['full', 'set']),
    ],
    examples: [
      ['ngr harvest', 'what changed at every source'],
      ['ngr harvest repository.example.edu --full', 'one source, from the beginning'],
      ['ngr harvest --set theses', 'one set again'],
      ['ngr harvest --record oai:r.example:42', 'one record, as it is now'],
    ],
  })
    .argument('[source]', 'name of a source (see "ngr status"); without it, all of them')
    .action(async (source: string | undefined, options: HarvestOptions) => {
      if (source !== undefined && options.record !== undefined) throw sourceWithRecord();
      await withNode(
        context,
        options,
        async (client) => {
          if (options.record === undefined) await harvest(client, context, options, source);
          else await harvestRecord(client, context, options, options.record);
        },
        { createData: true },
      );
    });
}

async function harvest(
  client: NodeClient,
  context: CommandContext,
  options: HarvestOptions,
  source: string | undefined,
): Promise<void> {
  const { full, set } = options;
  const request = {
    ...(source !== undefined && { source }),
    ...(full && { full }),
    ...(set !== undefined && { set }),
  };
  const sources = await harvestAndWatch(client, context, request);
  const text =
    sources.length === 0 ? ['There is no source to harvest; "ngr init" names one.'] : summaryLines(sources);
  print(context, options, { sources }, text);
  if (sources.some(({ lastRun }) => lastRun?.outcome !== 'complete')) context.exitWith(ExitCode.failed);
}

async function harvestRecord(
  client: NodeClient,
  context: CommandContext,
  options: HarvestOptions,
  record: string,
): Promise<void> {
  const result = await client.post('/api/harvest', { record }, outcomeSchema);
  print(context, options, result, [`${oneLine(record)}: ${outcomes[result.outcome] ?? result.outcome}`]);
}

const outcomes: Readonly<Record<string, string>> = {
  created: 'new here',
  updated: 'changed',
  deleted: 'deleted in the repository, and here',
  unchanged: 'as before',
  unknown: 'deleted in the repository, and was never here',
  'kept-withdrawn': 'still withdrawn; "ngr reinstate" takes that back',
};

function sourceWithRecord(): CliError {
  return new CliError('USAGE', 'A record is fetched from whichever source has it.', {
    remedy: 'Leave the name of the source out.',
    exitCode: ExitCode.usage,
  });
}

/** How the harvests ended, for people. */
export function summaryLines(sources: readonly SourceView[]): string[] {
  const hasIssues = sources.some(({ lastRun }) => lastRun !== undefined && lastRun.issues > 0);
  return [
    ...sources.flatMap(linesOf),
    ...(hasIssues ? ['  "ngr check" lists what is wrong with the metadata.'] : []),
  ];
}

function linesOf(source: SourceView): string[] {
  const { lastRun } = source;
  if (lastRun === undefined) return [];
  const { error } = lastRun;
  const why =
    error === undefined ? [] : [`  ${oneLine(`${error.message} ${error.remedy ?? ''}`)} [${error.code}]`];
  return [summaryText(source, lastRun), ...why];
}
