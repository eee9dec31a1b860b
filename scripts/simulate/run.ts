import { LEAST_TOLD } from '../../node/federation/index.ts';
import type { Delays } from './delays.ts';
import { filterBytesADay } from './filter-bytes.ts';
import { announcementsADay, NetworkRun } from './network.ts';
import { recovery, type Recovery } from './recovery.ts';
import { seededRandom } from '../random.ts';
import { Traffic } from './traffic.ts';
import type { WireSizes } from './wire-sizes.ts';
import { asBuilt, makeWorld, wide, type Lines, type Protocol, type World } from './world.ts';

/** What is asked of one run. */
export interface Case {
  name: string;
  nodes: number;
  /** Nodes that follow each other, and the holdings filters of the rest; all follow all, where it is not given. */
  region?: number;
  /** What differs from the node as it is built. */
  protocol?: Partial<Protocol>;
  seed: number;
  withRecovery?: boolean;
  /** Of this network in the place of the one that is made of `nodes`. */
  world?: World;
  lines?: Lines;
  /** What is simulated event by event, and taken for the whole day; seconds. */
  window?: number;
  /** These changes, one record each, in the place of the world's own; seconds. */
  changes?: readonly { at: number; node: number }[];
}

export interface Result {
  case: Case;
  /** From a change to each follower's disk. */
  delays: Delays;
  /** Of a whole day. */
  traffic: Traffic;
  /** Of a whole day, in the whole network. */
  announcements: number;
  heartbeats: number;
  /** Changes that did not arrive in the end, each at each follower. */
  missing: number;
  changes: number;
  filterBytes: number;
  /** Heads that one node is told in a day. */
  headsTold: number;
  recovery: Recovery | undefined;
  seconds: number;
}

const DAY = 86_400;
const HEARTBEATS_TRIED = 30;
/** Deliveries in the window, about: so that few nodes are simulated for longer. */
const WANTED_DELIVERIES = 500_000;
const WINDOW = { least: 100, most: DAY / 4 };
const DRAIN = 3_600;
const IHAVE = { seconds: 3, most: 5_000 };

/** Simulates a network for a while, and says what that makes in a day. */
export function simulate(what: Case, wire: WireSizes): Result {
  const started = performance.now();
  const random = seededRandom(what.seed);
  const world = what.world ?? makeWorld(what.nodes, random, what.region);
  const protocol = { ...asBuilt(what.nodes), ...what.protocol };
  const lines = what.lines ?? wide;
  const window = what.window ?? windowFor(world);
  const expected = expectedADay(world, protocol, what.changes && (what.changes.length * DAY) / window);
  const messagesASecond = expected / DAY;
  const network = new NetworkRun({ world, protocol, lines, wire, random, messagesASecond });
  network.start();
  if (what.changes === undefined) network.plan(window);
  else for (const { at, node } of what.changes) network.change(node, 1, at);
  network.run(window);
  const traffic = ofADay(network.traffic, DAY / window);
  const announcements = (network.announcements * DAY) / window;
  const headsTold = (network.headsTold() * DAY) / window / world.nodes;
  const missing = network.drain(DRAIN);
  const heartbeats = Math.max(0, (world.nodes * DAY) / protocol.heartbeat - announcements);
  noteHeartbeats(network, heartbeats, wire, traffic);
  noteUpkeep(network, { rate: (announcements + heartbeats) / DAY, protocol, lines, wire }, traffic);
  return {
    case: what,
    delays: network.delays,
    traffic,
    announcements,
    heartbeats,
    missing,
    changes: network.changes,
    filterBytes: what.region === undefined ? 0 : filterBytesADay(world),
    headsTold,
    recovery: what.withRecovery
      ? recovery({ world, protocol, lines, wire, random, messagesASecond })
      : undefined,
    seconds: (performance.now() - started) / 1_000,
  };
}

/** So long that there is enough to count, and no longer than it takes. */
function windowFor(world: World): number {
  const daily = world.changes.reduce((sum, changes) => sum + announcementsADay(changes), 0) * world.nodes;
  return Math.round(Math.min(WINDOW.most, Math.max(WINDOW.least, (DAY * WANTED_DELIVERIES) / daily)));
}

/** Messages of gossip, of all nodes together: what says how often one follows another. */
function expectedADay(
  { nodes, changes }: World,
  { heartbeat }: Protocol,
  announced = changes.reduce((sum, daily) => sum + announcementsADay(daily), 0),
): number {
  return Math.max(announced, (nodes * DAY) / heartbeat);
}

function ofADay(traffic: Traffic, times: number): Traffic {
  const day = new Traffic(traffic.nodes);
  day.addAll(traffic, times);
  return day;
}

/** Heartbeats change nothing, so some of them stand for all: what they cost is the same for each node. */
function noteHeartbeats(network: NetworkRun, count: number, wire: WireSizes, day: Traffic): void {
  const { nodes } = day;
  const tried = new Traffic(nodes);
  for (let i = 0; i < HEARTBEATS_TRIED; i++)
    network.spread(Math.floor((i * nodes) / HEARTBEATS_TRIED), wire.announcement(0).bytes, tried);
  for (const kind of ['heartbeats', 'gossip control'] as const) {
    const [sent, received, messages] = [tried.sent(kind), tried.received(kind), tried.messages(kind)];
    const each = ({ mean }: { mean: number }): number => (mean * count) / HEARTBEATS_TRIED;
    for (let node = 0; node < nodes; node++)
      day.noteAt(kind, node, { sent: each(sent), received: each(received), messages: each(messages) });
  }
}

/** What goes on by itself: each second ids of messages to some neighbours, and the upkeep of connections. */
function noteUpkeep(
  { topology }: NetworkRun,
  of: { rate: number; protocol: Protocol; lines: Lines; wire: WireSizes },
  day: Traffic,
): void {
  const { rate, protocol, lines, wire } = of;
  const ids = Math.min(IHAVE.most, rate * IHAVE.seconds);
  const isAny = 1 - Math.exp(-rate * IHAVE.seconds);
  const bytes = isAny * (wire.ihave.first - wire.ihave.more) + ids * wire.ihave.more;
  for (const [node, { length }] of topology.connected.entries()) {
    const others = length - (topology.mesh[node]?.length ?? 0);
    const told = Math.min(others, Math.max(LEAST_TOLD, protocol.gossipFactor * others));
    const ihave = told * bytes * DAY;
    day.noteAt('gossip control', node, { sent: ihave, received: ihave, messages: told * isAny * DAY });
    const upkeep = length * lines.upkeep * DAY;
    day.noteAt('upkeep', node, {
      sent: upkeep,
      received: upkeep,
      messages: (2 * length * DAY) / protocol.ping,
    });
  }
}
