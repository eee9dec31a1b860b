import type { Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { listOf } from '../holdings.ts';
import type { NodeClient } from '../node-client.ts';
import { withNode } from '../node-session.ts';
import { oneLine, print, table, timeText } from '../print.ts';

const signed = z.looseObject({
  time: z.iso.datetime(),
  digest: z.string(),
  live: z.number().optional(),
  record: z.string().optional(),
  change: z.string().optional(),
});

const peerSchema = z.looseObject({
  node: z.string(),
  name: z.string().optional(),
  networks: z.array(z.string()),
  self: z.boolean(),
  connected: z.boolean(),
  proof: z.string().optional(),
  provedAt: z.iso.datetime().optional(),
  followed: z.boolean(),
  why: z.string(),
  lag: z.number(),
  headTime: z.iso.datetime().optional(),
  records: z.number(),
  bytes: z.number(),
  received: z.number(),
  sent: z.number(),
  complete: z.boolean(),
  lastContact: z.iso.datetime().optional(),
  refused: z.array(z.looseObject({ code: z.string(), count: z.number() })),
  cutOff: z.boolean(),
  clockAheadSeconds: z.number().optional(),
  fork: z.looseObject({ seq: z.number(), signed: z.array(signed) }).optional(),
});
type Peer = z.output<typeof peerSchema>;

const forgivenSchema = z.looseObject({
  node: z.string(),
  name: z.string().optional(),
  followed: z.boolean(),
  why: z.string(),
});

/** More than a node remembers of its networks. */
const MOST_PAGES = 200;
const STATES = 'connected, followed, behind or troubled';

export function peersCommand(context: CommandContext): Command {
  return aCommand('peers', {
    description:
      'Lists the nodes of the networks that this one knows: whether their domains confirm them, whether they are followed and why, how much of each is here, what went to and fro, and what was refused.',
    examples: [
      ['ngr peers', 'behind: changes that are still to come'],
      ['ngr peers --state troubled', 'only those with something wrong'],
      ['ngr peers --json', 'with addresses, and what was refused and why'],
      ['ngr peers --forgive 12D3Koo…', 'ends the quarantine of a node, once its institution has explained'],
    ],
  })
    .option('--in <NETWORK>', 'Only nodes of this network.')
    .option('--state <STATE>', `Only nodes that are ${STATES}.`)
    .option(
      '--forgive <NODE>',
      'End the quarantine of a node that has told two histories: its feed is read anew. Of this node itself: go on without what no other node gave back. The beginning of its id will do.',
    )
    .action((options: CommonOptions & { in?: string; state?: string; forgive?: string }) =>
      withNode(context, options, async (client) => {
        if (options.forgive !== undefined) {
          const path = `/api/peers/${encodeURIComponent(options.forgive)}/forgive`;
          const forgiven = await client.post(path, {}, forgivenSchema);
          const { name, node, followed, why } = forgiven;
          if (why === 'self') {
            print(context, options, forgiven, ['This node goes on without what no other node gave back.']);
            return;
          }
          const rest = followed ? 'Its feed is read anew.' : `It is not followed all the same (${why}).`;
          print(context, options, forgiven, [`${oneLine(name ?? node)} is in quarantine no longer. ${rest}`]);
          return;
        }
        const peers = await allPeers(client, options);
        print(context, options, peers, linesOf(peers.orderedItems));
      }),
    );
}

/** The list, all its pages together. */
async function allPeers(
  client: NodeClient,
  { in: network, state }: { in?: string; state?: string },
): Promise<{ orderedItems: Peer[] }> {
  const query = new URLSearchParams();
  if (network !== undefined) query.set('network', network);
  if (state !== undefined) query.set('state', state);
  const orderedItems: Peer[] = [];
  for (let page = 1; ; page++) {
    if (page > 1) query.set('page', String(page));
    const path = query.size === 0 ? '/peers' : `/peers?${query.toString()}`;
    const { next, ...list } = await client.get(path, listOf(peerSchema));
    orderedItems.push(...list.orderedItems);
    if (next === undefined || page === MOST_PAGES) return { ...list, orderedItems };
  }
}

const HEADING = [
  'Name',
  'State',
  'Domain',
  'Followed',
  'Records',
  'Size',
  'Behind',
  'Head of',
  'Last contact',
  'In',
  'Out',
  'Refused',
  'Node',
];

function linesOf(peers: readonly Peer[]): string[] {
  const lines = table(HEADING, peers.map(row));
  const notes = peers.flatMap(notesOn);
  return notes.length === 0 ? lines : [...lines, '', ...notes];
}

function row(peer: Peer): (string | number)[] {
  const refused = peer.refused.reduce((sum, { count }) => sum + count, 0);
  return [
    peer.name ?? '?',
    peer.self ? 'this node' : peer.connected ? 'connected' : 'away',
    peer.self ? '' : domainText(peer),
    peer.self ? '' : `${peer.followed ? 'yes' : 'no'} (${peer.why})`,
    peer.records,
    sizeText(peer.bytes),
    peer.followed && peer.lag === 0 && !peer.complete ? 'not all' : peer.lag,
    peer.headTime === undefined ? '' : timeText(Date.parse(peer.headTime)),
    peer.lastContact === undefined ? '' : timeText(Date.parse(peer.lastContact)),
    peer.self ? '' : sizeText(peer.received),
    peer.self ? '' : sizeText(peer.sent),
    refused,
    peer.node,
  ];
}

function domainText({ proof = '', provedAt }: Peer): string {
  return provedAt === undefined ? proof : `${proof} since ${provedAt.slice(0, 10)}`;
}

/** What a person has to know of a node that the row does not tell. */
function notesOn(peer: Peer): string[] {
  const name = oneLine(peer.name ?? peer.node);
  const notes: string[] = [];
  if (peer.refused.length > 0) {
    const kinds = peer.refused.map(({ code, count }) => `${code} ${count}`).join(', ');
    notes.push(`${name}: refused ${kinds}${peer.cutOff ? '; nothing is taken of it for some minutes' : ''}.`);
  }
  if (peer.clockAheadSeconds !== undefined) {
    const minutes = Math.round(Math.abs(peer.clockAheadSeconds) / 60);
    notes.push(
      `${name}: its clock is ${minutes} minutes ${peer.clockAheadSeconds > 0 ? 'ahead of' : 'behind'} this node's. One of the two is wrong, and its changes come with a delay.`,
    );
  }
  if (peer.fork !== undefined) {
    const both = peer.fork.signed.map(signedText).join(', and ');
    notes.push(
      `${name}: in quarantine, since it has signed two things as number ${peer.fork.seq} of its changes: ${both}. Ask the institution; then run "ngr peers --forgive ${peer.node}", or put it on the deny list.`,
    );
  }
  return notes;
}

function signedText({ time, live, record, change }: z.output<typeof signed>): string {
  const at = timeText(Date.parse(time));
  return record === undefined
    ? `a state of ${live ?? 0} changes on ${at}`
    : `"${oneLine(change ?? '')}" of ${oneLine(record)} on ${at}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1_000 ** power).toPrecision(3))} ${UNITS[power]}`;
}
