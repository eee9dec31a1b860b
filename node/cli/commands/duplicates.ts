import type { Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { print } from '../print.ts';
import { keyOfRecord, RECORD_HELP } from '../record-argument.ts';
import { terminalWidth } from '../surroundings.ts';

export function duplicatesCommand(context: CommandContext): Command {
  return aCommand('duplicates', {
    description:
      'Lists the other records of the same work, here and at peers, with what shows that they are.',
    examples: [['ngr duplicates oai:eprints.wyreford.example:1117', 'by OAI identifier']],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions) =>
      withNode(context, options, async (client) => {
        const key = await keyOfRecord(client, record);
        const copies = await client.get(`/records/${key}/duplicates`, listOf(itemSchema));
        const lines = copies.orderedItems.flatMap((item) => itemLines(item, terminalWidth(context)));
        print(context, options, copies, lines.length === 0 ? ['It is the only record of its work.'] : lines);
      }),
    );
}
