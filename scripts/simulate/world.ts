import {
  BUNDLE_MS,
  CALM_MS,
  COALESCE_MS,
  decideFollow,
  GOSSIP_MS,
  heartbeatMs,
  LONGEST_SOON_MS,
  MOST_CONNECTIONS,
  NODES_A_ROUND,
  PAGES_IN_FLIGHT,
  PING_MS,
  Quotas,
  ROUND_MS,
  SHORT_GAP,
  SOON_MS,
  SPACING_MS,
} from '../../node/federation/index.ts';
import { systemClock } from '../../node/clock.ts';
import type { SignedHead } from '../../protocols/heads/index.ts';
import type { Random } from '../random.ts';

/** How the protocols go; times in seconds. */
export interface Protocol {
  coalesce: number;
  spacing: number;
  /** Between two heads of a node without changes. */
  heartbeat: number;
  /** A node that has been silent for so long sends to all that are connected with it, another to its mesh. */
  calm: number;
  /** So soon after some gossip to a neighbour, more waits for the rest of that time. */
  bundle: number;
  /** Between two pings of a connection from the same side. */
  ping: number;
  round: number;
  /** The sooner round after something was fetched; one after another they come ever later, up to `longestSoon`. */
  soon: number;
  longestSoon: number;
  /** A gap of so few entries is left to gossip for so long. */
  shortGap: number;
  gossip: number;
  nodesARound: number;
  /** With how many of those that are connected heads are exchanged at intervals; Infinity: all. */
  partners: number;
  pagesInFlight: number;
  connections: number;
  /** Of the connected nodes outside the mesh, the share that is told of messages each second: `gossipFactor`. */
  gossipFactor: number;
}

/** As it is built, in a network of so many nodes: the constants are the node's own. */
export function asBuilt(nodes: number): Protocol {
  return {
    coalesce: COALESCE_MS / 1_000,
    spacing: SPACING_MS / 1_000,
    heartbeat: heartbeatMs(nodes) / 1_000,
    calm: CALM_MS / 1_000,
    bundle: BUNDLE_MS / 1_000,
    ping: PING_MS / 1_000,
    round: ROUND_MS / 1_000,
    soon: SOON_MS / 1_000,
    longestSoon: LONGEST_SOON_MS / 1_000,
    shortGap: SHORT_GAP,
    gossip: GOSSIP_MS / 1_000,
    nodesARound: NODES_A_ROUND,
    partners: Infinity,
    pagesInFlight: PAGES_IN_FLIGHT,
    connections: MOST_CONNECTIONS,
    gossipFactor: 0.25,
  };
}

/** What the machines and the lines between them are like; times in seconds. */
export interface Lines {
  /** One way between the two nodes farthest from each other; and what comes to every way. */
  farthest: number;
  least: number;
  /** A message of gossip that does not arrive, whatever TCP does: a full queue, a restart. */
  loss: number;
  bitsPerSecond: number;
  /** To judge a message of gossip: two signatures and the form. */
  judging: number;
  /** To check and write a change, and each one more of a page. */
  writing: number;
  writingEach: number;
  /** Where all nodes are on one processor: what it takes of it until a node has a change; seconds. */
  sharedWork?: number;
  /** Ping, its stream and yamux's own, bytes a second and connection, each way. */
  upkeep: number;
}

/** Between institutions on several continents. */
export const wide: Lines = {
  farthest: 0.12,
  least: 0.002,
  loss: 0.001,
  bitsPerSecond: 100e6,
  judging: 0.001,
  writing: 0.01,
  writingEach: 0.0001,
  upkeep: 8,
};

/** The nodes of a network: what they hold, how it changes, and whose feeds they follow. */
export interface World {
  nodes: number;
  /** Records of each node. */
  records: Float64Array;
  /** Changes a day of each node. */
  changes: Float64Array;
  /** Which region each node is of. */
  region: Int32Array;
  /** The feeds that the nodes of each region hold, their own among them. */
  held: Int32Array[];
}

/** Of the records, so many change on a day: 5 % new in a year, and 10 % written anew. */
const CHANGED_A_DAY = 0.15 / 365;
/** 300 million records in 6,000 repositories. */
const MEAN_RECORDS = 50_000;
/** Of the logarithm of the sizes: half of the repositories have less than 8,200 records, a hundredth has 680,000 or more. */
const SPREAD = 1.9;
const LARGEST = 20_000_000;
/** The settings' defaults. */
const QUOTA = { records: 5_000_000, megabytes: 50_000, entriesPerSecond: 20_000 };

/**
 * A world of so many nodes. No one publishes how large all repositories are; that there are few large and many small ones
 * is known (Pinfield and others 2014, doi:10.1002/asi.23131, of OpenDOAR's data). A log-normal distribution stands for it.
 *
 * @param regionSize nodes of one region, which follow each other; all, unless told
 */
export function makeWorld(nodes: number, random: Random, regionSize = nodes): World {
  const median = MEAN_RECORDS / Math.exp(SPREAD ** 2 / 2);
  const records = Float64Array.from({ length: nodes }, () =>
    Math.min(LARGEST, Math.ceil(median * Math.exp(SPREAD * random.normal()))),
  );
  const region = Int32Array.from({ length: nodes }, (_, node) => Math.floor(node / regionSize));
  const regions = Math.ceil(nodes / regionSize);
  const held = Array.from({ length: regions }, (_, own) => heldBy(own, { records, region }));
  return { nodes, records, changes: records.map((count) => count * CHANGED_A_DAY), region, held };
}

/** Nobody has two histories, or moves to another key. */
const nothingWrong = { isForked: false, isSucceeded: false, isWaiting: false, predecessors: [] } as const;

/** What the node's own rules decide: all nodes are of the network, those of one region are of another one besides. */
function heldBy(own: number, { records, region }: Pick<World, 'records' | 'region'>): Int32Array {
  const rules = {
    mode: 'network',
    networks: [`region-${own}`],
    proof: 'required',
    allow: [],
    deny: [],
  } as const;
  const quotas = new Quotas({ quota: QUOTA, clock: systemClock });
  const followed = [...records.keys()].filter((feed) => {
    const head = { node: String(feed), live: records[feed] ?? 0 } as SignedHead;
    const about = {
      networks: ['world', `region-${region[feed]}`],
      proof: 'proved',
      ...nothingWrong,
    } as const;
    return decideFollow(rules, head.node, { ...about, isOverQuota: quotas.isExceeded(head, undefined) })
      .followed;
  });
  return Int32Array.from(followed);
}
