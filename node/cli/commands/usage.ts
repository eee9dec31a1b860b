import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import { usageTables, type UsageTable } from '../../usage-tables.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { count, print } from '../print.ts';
import { countsSchema, usageLines, usageSchema, type Counts } from '../usage-lines.ts';
import { usageImportCommand } from './usage-import.ts';

const decisionSchema = z.looseObject({
  node: z.string(),
  decision: z.string(),
  counted: countsSchema,
  apart: countsSchema,
});

type UsageOptions = CommonOptions & {
  from?: string;
  to?: string;
  all?: true;
  csv?: UsageTable;
  accept?: string;
  refuse?: string;
};

export function usageCommand(context: CommandContext): Command {
  return aCommand('usage', {
    description:
      'Tells how much the own records are used, month by month, and those of the network, as far as its nodes have told. Investigations are views of a record, requests are downloads of its files, which are among the views (COUNTER 5.1). Without a period, the last twelve months.',
    options: [
      new Option('--from <MONTH>', 'first month, such as 2026-01').argParser(month),
      new Option('--to <MONTH>', 'last month').argParser(month),
      new Option('--all', 'all months').conflicts(['from', 'to']),
      new Option('--csv <TABLE>', 'one table, for a spreadsheet').choices(usageTables).conflicts('json'),
      new Option('--accept <NODE>', 'count what was kept apart of a node').conflicts('refuse'),
      new Option('--refuse <NODE>', 'keep all usage that a node tells out of the sums'),
    ],
    examples: [
      ['ngr usage', 'the last twelve months: own records, network, institutions'],
      ['ngr usage --from 2025-01 --to 2025-12', 'a year'],
      ['ngr usage --json', 'with each day, and what was refused'],
      ['ngr usage --csv items > items.csv', 'every own record that was used'],
      ['ngr usage --accept 12D3Koo…', 'counts what a node says, though it is out of proportion'],
      ['ngr usage --refuse 12D3Koo…', 'keeps all that a node says of its usage out of the sums'],
    ],
  })
    .action((options: UsageOptions) =>
      withNode(context, options, async (client) => {
        const node = options.accept ?? options.refuse;
        if (node !== undefined) {
          const action = options.accept === undefined ? 'refuse' : 'accept';
          const path = `/api/usage/${encodeURIComponent(node)}/${action}`;
          const decision = await client.post(path, {}, decisionSchema);
          print(context, options, decision, [
            `The usage of ${decision.node} is ${decision.decision}.`,
            `Counted: ${sumText(decision.counted)}. Kept apart: ${sumText(decision.apart)}.`,
          ]);
          return;
        }
        const query = new URLSearchParams({
          ...(options.all && { period: 'all' }),
          ...(options.from !== undefined && { from: options.from }),
          ...(options.to !== undefined && { to: options.to }),
        });
        if (options.csv !== undefined) {
          query.set('table', options.csv);
          for await (const text of client.text(`/usage?${query.toString()}`, 'text/csv'))
            context.stdout.write(text);
          return;
        }
        const asked = query.size === 0 ? '' : `?${query.toString()}`;
        const usage = await client.get(`/api/usage${asked}`, usageSchema);
        print(context, options, usage, usageLines(usage));
      }),
    )
    .enablePositionalOptions()
    .addCommand(usageImportCommand(context));
}

function month(text: string): string {
  if (/^(?:199\d|2\d{3})-(?:0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('A month is written as 2026-01.');
}

function sumText({ investigations, requests }: Counts): string {
  return `${count(investigations)} investigations and ${count(requests)} requests`;
}
