import type { Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { print, table } from '../print.ts';

const counts = z.looseObject({ investigations: z.number(), requests: z.number() });
const byMonth = z.array(counts.extend({ month: z.string() }));

const usageSchema = counts.extend({
  networks: z.array(z.string()),
  byMonth,
  byNode: z.array(counts.extend({ node: z.string(), name: z.string(), byMonth })),
});
type Usage = z.output<typeof usageSchema>;

export function usageCommand(context: CommandContext): Command {
  return aCommand('usage', {
    description:
      'Tells how much the records are used, by month and by institution, as far as the nodes of the network have told. Investigations are views of a record, requests are downloads of its files (COUNTER 5.1).',
    examples: [
      ['ngr usage', 'the network, month by month, and each institution'],
      ['ngr usage --json', 'with the months of each institution'],
    ],
  }).action((options: CommonOptions) =>
    withNode(context, options, async (client) => {
      const usage = await client.get('/usage', usageSchema);
      print(context, options, usage, linesOf(usage));
    }),
  );
}

function linesOf({ networks, investigations, requests, byMonth, byNode }: Usage): string[] {
  if (byMonth.length === 0) return ['No use has been counted yet.'];
  const numbers = ['Investigations', 'Requests'];
  const months = byMonth.map((one) => [one.month, one.investigations, one.requests]);
  const nodes = byNode.map((one) => [one.name, one.investigations, one.requests]);
  return [
    ...table(['Month', ...numbers], [...months, ['All', investigations, requests]]),
    '',
    ...table([`Institution in ${networks.map((name) => `"${name}"`).join(', ')}`, ...numbers], nodes),
  ];
}
