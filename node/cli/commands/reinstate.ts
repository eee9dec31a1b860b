import { Option, type Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { outcomeSchema } from '../outcome.ts';
import { print } from '../print.ts';
import { FILE_HELP, RECORD_HELP, withOwnRecord } from '../record-argument.ts';

export function reinstateCommand(context: CommandContext): Command {
  return aCommand('reinstate', {
    description: 'Puts a withdrawn record back: it is fetched from its source anew. Or one of its files.',
    options: [new Option('--file <URL>', FILE_HELP)],
    examples: [['ngr reinstate oai:eprints.wyreford.example:1117', 'as the repository has it now']],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions & { file?: string }) =>
      withNode(context, options, async (client) => {
        const { file: url } = options;
        const done = await withOwnRecord(client, record, (key) =>
          url === undefined
            ? client.post(`/api/records/${key}/reinstate`, {}, outcomeSchema)
            : client.post(`/api/records/${key}/files/reinstate`, { url }, outcomeSchema),
        );
        const text = done.outcome === 'unchanged' ? 'was not withdrawn' : 'is back';
        print(context, options, done, [`${url ?? `${client.url}/records/${done.key}`} ${text}.`]);
      }),
    );
}
