import type { Command } from 'commander';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { itemLines, itemSchema, listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { limitOption } from '../numbers.ts';
import { count, print } from '../print.ts';
import { terminalWidth } from '../surroundings.ts';

export function searchCommand(context: CommandContext): Command {
  return aCommand('search', {
    description: "Searches the node's own records and those of the nodes it follows.",
    options: [limitOption('works', 10, 100)],
    examples: [
      ['ngr search "institutional repositories"', 'the ten best works'],
      ['ngr search preservation --limit 50 --json', 'fifty, for a program'],
    ],
  })
    .argument('<words...>', 'what to look for')
    .action((words: string[], options: CommonOptions & { limit: number }) =>
      withNode(context, options, async (client) => {
        const query = new URLSearchParams({ q: words.join(' '), limit: String(options.limit) });
        const found = await client.get(`/search?${query.toString()}`, listOf(itemSchema));
        const lines = found.orderedItems.flatMap((item) => itemLines(item, terminalWidth(context)));
        const total = found.totalItems ?? found.orderedItems.length;
        const summary =
          total === 0 ? 'Nothing was found.' : `${count(found.orderedItems.length)} of ${count(total)}`;
        print(context, options, found, [...lines, summary]);
      }),
    );
}
