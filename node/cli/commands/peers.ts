import type { Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { listOf } from '../holdings.ts';
import { withNode } from '../node-session.ts';
import { print, table, timeText } from '../print.ts';

const peerSchema = z.looseObject({
  node: z.string(),
  name: z.string().optional(),
  self: z.boolean(),
  connected: z.boolean(),
  followed: z.boolean(),
  why: z.string(),
  lag: z.number(),
  records: z.number(),
  complete: z.boolean(),
  lastContact: z.iso.datetime().optional(),
  refused: z.array(z.looseObject({ code: z.string(), count: z.number() })),
});
type Peer = z.output<typeof peerSchema>;

export function peersCommand(context: CommandContext): Command {
  return aCommand('peers', {
    description: 'Lists the nodes of the network that this one knows, and how much of each it has.',
    examples: [
      ['ngr peers', 'behind: changes that are still to come'],
      ['ngr peers --json', 'with addresses, and what was refused and why'],
    ],
  }).action((options: CommonOptions) =>
    withNode(context, options, async (client) => {
      const peers = await client.get('/peers', listOf(peerSchema));
      const heading = ['Name', 'State', 'Followed', 'Records', 'Behind', 'Refused', 'Last contact', 'Node'];
      print(context, options, peers, table(heading, peers.orderedItems.map(row)));
    }),
  );
}

function row(peer: Peer): (string | number)[] {
  const refused = peer.refused.reduce((sum, { count }) => sum + count, 0);
  return [
    peer.name ?? '?',
    peer.self ? 'this node' : peer.connected ? 'connected' : 'away',
    peer.self ? '' : `${peer.followed ? 'yes' : 'no'} (${peer.why})`,
    peer.records,
    peer.lag,
    refused,
    peer.lastContact === undefined ? '' : timeText(Date.parse(peer.lastContact)),
    peer.node,
  ];
}
