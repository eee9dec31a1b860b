import type { Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { print } from '../print.ts';
import { keyOfRecord, RECORD_HELP } from '../record-argument.ts';
import { terminalWidth } from '../surroundings.ts';

export function relatedCommand(context: CommandContext): Command {
  return aCommand('related', {
    description: 'Lists other works that are about the same as a record, with the words they share.',
    options: [limitOption('records', 10, 50)],
    examples: [['ngr related oai:eprints.wyreford.example:1117', 'by OAI identifier']],
  })
    .argument('<record>', RECORD_HELP)
    .action((record: string, options: CommonOptions & { limit: number }) =>
      withNode(context, options, async (client) => {
        const key = await keyOfRecord(client, record);
        const related = await client.get(
          `/records/${key}/related?limit=${options.limit}`,
          listOf(itemSchema),
        );
        const lines = related.orderedItems.flatMap((item) => itemLines(item, terminalWidth(context)));
        print(context, options, related, lines.length === 0 ? ['Nothing is like it.'] : lines);
      }),
    );
}
