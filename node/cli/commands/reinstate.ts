import type { Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { outcomeSchema } from '../outcome.ts';
import { print } from '../print.ts';
import { keyOfOwnRecord, RECORD_HELP } from '../record-argument.ts';

export function reinstateCommand(context: CommandContext): Command {
  return aCommand('reinstate', {
    description: 'Puts a withdrawn record back: it is fetched from its source anew.',
    examples: [['ngr reinstate oai:eprints.wyreford.example:1117', 'as the repository has it now']],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions) =>
      withNode(context, options, async (client) => {
        const key = await keyOfOwnRecord(client, record);
        const done = await client.post(`/api/records/${key}/reinstate`, {}, outcomeSchema);
        const text = done.outcome === 'unchanged' ? 'was not withdrawn' : 'is back';
        print(context, options, done, [`${client.url}/records/${key} ${text}.`]);
      }),
    );
}
