import { Option, type Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { outcomeSchema } from '../outcome.ts';
import { print } from '../print.ts';
import { FILE_HELP, RECORD_HELP, withOwnRecord } from '../record-argument.ts';

export function withdrawCommand(context: CommandContext): Command {
  return aCommand('withdraw', {
    description:
      "Withdraws one of the node's own records from the whole network, or one of its files. A record's title and the reason stay visible.",
    options: [
      new Option('--reason <TEXT>', 'why, for everybody to read').makeOptionMandatory(),
      new Option('--file <URL>', FILE_HELP),
    ],
    examples: [
      [
        'ngr withdraw oai:eprints.wyreford.example:1117 --reason "Published in error"',
        'for good, until "ngr reinstate"',
      ],
      [
        'ngr withdraw oai:eprints.wyreford.example:1117 --file https://eprints.wyreford.example/1117/1/a.pdf --reason "Wrong version"',
        'this file only; the record stays',
      ],
    ],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions & { reason: string; file?: string }) =>
      withNode(context, options, async (client) => {
        const { file: url, reason } = options;
        const done = await withOwnRecord(client, record, (key) =>
          url === undefined
            ? client.post(`/api/records/${key}/withdraw`, { reason }, outcomeSchema)
            : client.post(`/api/records/${key}/files/withdraw`, { url, reason }, outcomeSchema),
        );
        const text =
          done.outcome === 'unchanged'
            ? 'was withdrawn already'
            : 'is withdrawn; peers take it out as they hear of it';
        print(context, options, done, [`${url ?? `${client.url}/records/${done.key}`} ${text}.`]);
      }),
    );
}
