import { Option, type Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { outcomeSchema } from '../outcome.ts';
import { print } from '../print.ts';
import { keyOfOwnRecord, RECORD_HELP } from '../record-argument.ts';

export function withdrawCommand(context: CommandContext): Command {
  return aCommand('withdraw', {
    description:
      "Withdraws one of the node's own records from the whole network. Its title and the reason stay visible.",
    options: [new Option('--reason <TEXT>', 'why, for everybody to read').makeOptionMandatory()],
    examples: [
      [
        'ngr withdraw oai:eprints.wyreford.example:1117 --reason "Published in error"',
        'for good, until "ngr reinstate"',
      ],
    ],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions & { reason: string }) =>
      withNode(context, options, async (client) => {
        const key = await keyOfOwnRecord(client, record);
        const body = { reason: options.reason };
        const done = await client.post(`/api/records/${key}/withdraw`, body, outcomeSchema);
        const text =
          done.outcome === 'unchanged'
            ? 'was withdrawn already'
            : 'is withdrawn; peers take it out as they hear of it';
        print(context, options, done, [`${client.url}/records/${key} ${text}.`]);
      }),
    );
}
