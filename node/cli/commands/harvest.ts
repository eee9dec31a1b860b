import { Option, type Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { summaryText } from '../harvest-lines.ts';
import { harvestAndWatch, type SourceView } from '../harvest-watch.ts';
import { withNode } from '../node-session.ts';
import { oneLine, print } from '../print.ts';

export function harvestCommand(context: CommandContext): Command {
  return aCommand('harvest', {
    description:
      'Harvests the sources now, and waits until it is done. One that was broken off goes on where it stopped.',
    options: [new Option('--full', 'all records, not only what changed since the last time')],
    examples: [
      ['ngr harvest', 'what changed at every source'],
      ['ngr harvest repository.example.edu --full', 'one source, from the beginning'],
    ],
  })
    .argument('[source]', 'name of a source (see "ngr status"); without it, all of them')
    .action((source: string | undefined, options: CommonOptions & { full?: true }) =>
      withNode(
        context,
        options,
        async (client) => {
          const request = { ...(source !== undefined && { source }), ...(options.full && { full: true }) };
          const sources = await harvestAndWatch(client, context, request);
          const text =
            sources.length === 0
              ? ['There is no source to harvest; "ngr init" names one.']
              : sources.flatMap(lines);
          print(context, options, { sources }, text);
          if (sources.some(({ lastRun }) => lastRun?.outcome !== 'complete'))
            context.exitWith(ExitCode.failed);
        },
        { createData: true },
      ),
    );
}

function lines({ name, lastRun }: SourceView): string[] {
  if (lastRun === undefined) return [];
  const { error } = lastRun;
  const why =
    error === undefined ? [] : [`  ${oneLine(`${error.message} ${error.remedy ?? ''}`)} [${error.code}]`];
  const next = lastRun.issues > 0 ? ['  "ngr check" lists what is wrong with the metadata.'] : [];
  return [summaryText(name, lastRun), ...why, ...next];
}
