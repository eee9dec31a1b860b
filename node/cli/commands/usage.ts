import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { withNode } from '../node-session.ts';
import { count, print, table } from '../print.ts';

const counts = z.looseObject({ investigations: z.number(), requests: z.number() });
const byMonth = z.array(counts.extend({ month: z.string() }));

const byNode = counts.extend({ node: z.string(), name: z.string(), byMonth });

const decisionSchema = z.looseObject({
  node: z.string(),
  decision: z.string(),
  counted: counts,
  apart: counts,
});

const usageSchema = counts.extend({
  networks: z.array(z.string()),
  byMonth,
  byNode: z.array(byNode),
  apart: counts.extend({
    byNode: z.array(
      byNode.extend({
        why: z.string(),
        furthest: z.looseObject({ perRecord: z.number(), usual: z.number().optional() }).optional(),
      }),
    ),
  }),
});
type Usage = z.output<typeof usageSchema>;
type Counts = Pick<Usage, 'investigations' | 'requests'>;

export function usageCommand(context: CommandContext): Command {
  return aCommand('usage', {
    description:
      'Tells how much the records are used, by month and by institution, as far as the nodes of the network have told. Investigations are views of a record, requests are downloads of its files (COUNTER 5.1).',
    examples: [
      ['ngr usage', 'the network, month by month, and each institution'],
      ['ngr usage --json', 'with the months of each institution'],
      ['ngr usage --accept 12D3Koo…', 'counts what a node says, though it is out of proportion'],
      ['ngr usage --refuse 12D3Koo…', 'keeps all that a node says of its usage out of the sums'],
    ],
  })
    .addOption(new Option('--accept <NODE>', 'Count what was kept apart of a node.').conflicts('refuse'))
    .option('--refuse <NODE>', 'Keep all usage that a node tells out of the sums.')
    .action((options: CommonOptions & { accept?: string; refuse?: string }) =>
      withNode(context, options, async (client) => {
        const node = options.accept ?? options.refuse;
        if (node !== undefined) {
          const action = options.accept === undefined ? 'refuse' : 'accept';
          const path = `/api/usage/${encodeURIComponent(node)}/${action}`;
          const decision = await client.post(path, {}, decisionSchema);
          print(context, options, decision, [
            `The usage of ${decision.node} is ${decision.decision}.`,
            bothSums(decision.counted, decision.apart),
          ]);
          return;
        }
        const usage = await client.get('/usage', usageSchema);
        print(context, options, usage, linesOf(usage));
      }),
    );
}

function linesOf({ networks, investigations, requests, byMonth, byNode, apart }: Usage): string[] {
  if (byMonth.length === 0 && apart.byNode.length === 0) return ['No use has been counted yet.'];
  const numbers = ['Investigations', 'Requests'];
  const months = byMonth.map((one) => [one.month, one.investigations, one.requests]);
  const nodes = byNode.map((one) => [one.name, one.investigations, one.requests]);
  return [
    ...table(['Month', ...numbers], [...months, ['All', investigations, requests]]),
    '',
    ...table([`Institution in ${networks.map((name) => `"${name}"`).join(', ')}`, ...numbers], nodes),
    ...apartLines({ investigations, requests, apart }),
  ];
}

function apartLines({ apart, ...counted }: Pick<Usage, 'investigations' | 'requests' | 'apart'>): string[] {
  if (apart.byNode.length === 0) return [];
  const rows = apart.byNode.map(({ name, why, furthest, investigations, requests, node }) => [
    name,
    furthest === undefined ? why : `${why}: ${perRecord(furthest)}`,
    investigations,
    requests,
    node,
  ]);
  return [
    '',
    ...table(['Kept apart', 'Why', 'Investigations', 'Requests', 'Node'], rows),
    '',
    bothSums(counted, apart),
    'Look at it with the institution; then run "ngr usage --accept NODE" or "ngr usage --refuse NODE".',
  ];
}

function perRecord({ perRecord, usual }: { perRecord: number; usual?: number | undefined }): string {
  const each = `${count(Math.round(perRecord))} a month for each record`;
  return usual === undefined ? each : `${each}, usual are ${count(Number(usual.toPrecision(2)))}`;
}

function bothSums(counted: Counts, apart: Counts): string {
  return `Counted: ${sumText(counted)}. Kept apart: ${sumText(apart)}.`;
}

function sumText({ investigations, requests }: Counts): string {
  return `${count(investigations)} investigations and ${count(requests)} requests`;
}
