import { Copies } from './copies.ts';
import { Delays } from './delays.ts';
import { EventQueue } from './event-queue.ts';
import { Fetches } from './fetches.ts';
import { HeadRounds } from './head-rounds.ts';
import type { Random } from '../random.ts';
import { Spread } from './spread.ts';
import { Topology } from './topology.ts';
import { Traffic } from './traffic.ts';
import type { WireSizes } from './wire-sizes.ts';
import type { Lines, Protocol, World } from './world.ts';

export interface NetworkOptions {
  world: World;
  protocol: Protocol;
  lines: Lines;
  wire: WireSizes;
  random: Random;
  /** Of gossip, by all nodes together, about. */
  messagesASecond: number;
}

/** Of a day's changes the part that comes in one go, when the repository is harvested; the rest over the day. */
const IN_BATCH = 0.8;
const DAY = 86_400;
/** A page of a harvest, one a second. */
const HARVEST_PAGE = { records: 100, seconds: 1 };

const events = {
  change: 0,
  announce: 1,
  deliver: 2,
  taken: 3,
  round: 4,
  fetched: 5,
  meet: 6,
  lookAgain: 7,
} as const;

/** An announcement on its way to those who follow its author. */
interface Delivery {
  feed: number;
  seq: number;
  after: number;
  isInline: boolean;
  /** Whom it reaches, and when, the first one first. */
  to: Int32Array;
  at: Float64Array;
  next: number;
}

/** A network from event to event: changes, announcements, rounds of head exchange, pages that are fetched. */
export class NetworkRun {
  readonly traffic: Traffic;
  readonly delays = new Delays();
  readonly copies: Copies;
  readonly topology: Topology;
  readonly #options: NetworkOptions;
  readonly #queue = new EventQueue();
  readonly #spread: Spread;
  readonly #fetches: Fetches;
  readonly #rounds: HeadRounds;
  readonly #there: Uint8Array;
  readonly #deliveries: Delivery[] = [];
  readonly #freeDeliveries: number[] = [];
  /** Of each node: changes since its last announcement, where that ended, and when the next one goes out. */
  readonly #pending: Uint32Array;
  readonly #announced: Uint32Array;
  readonly #quietUntil: Float64Array;
  readonly #isAnnouncing: Uint8Array;
  readonly #lastSaid: Float64Array;
  #busyUntil = 0;
  announcements = 0;
  changes = 0;
  now = 0;

  constructor(options: NetworkOptions) {
    const { world, protocol, lines, wire, random, messagesASecond } = options;
    const { nodes } = world;
    this.#options = options;
    this.traffic = new Traffic(nodes);
    this.copies = new Copies(world);
    this.topology = new Topology(world, protocol.connections, lines, random);
    this.#there = new Uint8Array(nodes).fill(1);
    const shared = {
      topology: this.topology,
      copies: this.copies,
      traffic: this.traffic,
      wire,
      lines,
      random,
      isThere: (node: number) => this.isThere(node),
    };
    this.#spread = new Spread({ ...shared, protocol, messagesASecond });
    this.#fetches = new Fetches({
      ...shared,
      atOnce: protocol.pagesInFlight,
      put: (time, node, fetch) => this.#queue.put(time, events.fetched, node, fetch),
    });
    this.#rounds = new HeadRounds({
      ...shared,
      protocol,
      want: (node, slot, from, now, isJustMet) => this.#hearOf(node, slot, from, now, isJustMet),
      put: (time, node) => this.#queue.put(time, events.round, node),
    });
    this.#pending = new Uint32Array(nodes);
    this.#announced = new Uint32Array(nodes);
    this.#quietUntil = new Float64Array(nodes);
    this.#isAnnouncing = new Uint8Array(nodes);
    this.#lastSaid = new Float64Array(nodes).fill(-Infinity);
  }

  /** So far, by all nodes. */
  headsTold(): number {
    return this.#rounds.headsTold;
  }

  isThere(node: number): boolean {
    return this.#there[node] === 1;
  }

  /** Begins as if it had run for long: everyone has everything, and has been told of it some time ago. */
  start(): void {
    const { world, random } = this.#options;
    for (let node = 0; node < world.nodes; node++) {
      for (const [slot, feed] of this.copies.feeds(node).entries())
        this.copies.set(
          node,
          slot,
          0,
          -random.exponential(DAY / announcementsADay(world.changes[feed] ?? 0)),
        );
      this.#rounds.start(node);
    }
  }

  /** Lets the changes of so many seconds happen, as the world's nodes have them. */
  plan(seconds: number): void {
    const { world, random } = this.#options;
    for (const [node, daily] of world.changes.entries()) {
      if (this.copies.slot(node, node) < 0) continue;
      const trickle = DAY / ((1 - IN_BATCH) * daily);
      for (let at = random.exponential(trickle); at < seconds; at += random.exponential(trickle))
        this.change(node, 1, this.now + at);
      if (random.uniform() * DAY >= seconds) continue;
      let [left, at] = [random.poisson(IN_BATCH * daily), random.uniform() * seconds];
      for (; left > 0; left -= HARVEST_PAGE.records, at += HARVEST_PAGE.seconds)
        this.change(node, Math.min(left, HARVEST_PAGE.records), this.now + at);
    }
  }

  change(node: number, changes: number, at: number): void {
    this.#queue.put(at, events.change, node, changes);
  }

  /** Goes on until a time, or until nothing is missing anywhere. */
  run(until: number, { isSettled = (): boolean => false } = {}): void {
    const queue = this.#queue;
    while (queue.take()) {
      if (queue.time > until) {
        queue.put(queue.time, queue.kind, queue.a, queue.b);
        break;
      }
      this.now = queue.time;
      this.#handle(queue.kind, queue.a, queue.b);
      if (queue.kind >= events.taken && isSettled()) return;
    }
    this.now = Math.max(this.now, until);
  }

  /** Goes on without changes until everyone has everything. @returns how many changes are missing in the end */
  drain(most: number): number {
    const until = this.now + most;
    while (this.now < until && this.copies.missing((node) => this.isThere(node)) > 0) this.run(this.now + 15);
    return this.copies.missing((node) => this.isThere(node));
  }

  /** Nodes go without a word. The others notice by and by: their pings are not answered. */
  lose(nodes: Iterable<number>): void {
    for (const node of nodes) this.#there[node] = 0;
  }

  /** The nodes are there again: they call those they know, one after another, and are told everything. */
  comeBack(node: number, dialsPerSecond: number): void {
    this.#there[node] = 1;
    for (const [i] of (this.topology.connected[node] ?? []).entries())
      this.#queue.put(
        this.now + this.#options.random.uniform() / dialsPerSecond + i / dialsPerSecond,
        events.meet,
        node,
        i,
      );
    this.#rounds.start(node);
  }

  /** How one message gets about now, among those that are there. */
  spread(author: number, bytes: number, traffic?: Traffic): Float64Array {
    return this.#spread.of(author, bytes, 'heartbeats', traffic);
  }

  #handle(kind: number, a: number, b: number): void {
    const { now } = this;
    if (kind === events.deliver) this.#deliver(a);
    else if (kind === events.round) this.#rounds.round(a, now);
    else if (kind === events.fetched) {
      const entries = this.#fetches.fetched(a, b, now, this.delays);
      if (entries > 0) this.#rounds.nudge(a, now, entries);
    } else if (kind === events.meet) this.#rounds.meet(a, b, now);
    else if (kind === events.lookAgain) this.#lookAgain(a, b);
    else if (kind === events.announce) this.#announce(a);
    else if (kind === events.change && this.isThere(a)) this.#change(a, b);
  }

  #change(node: number, changes: number): void {
    const { coalesce } = this.#options.protocol;
    this.copies.change(node, changes, this.now);
    this.changes += changes;
    this.#pending[node] = (this.#pending[node] ?? 0) + changes;
    if (this.#isAnnouncing[node] === 1) return;
    this.#isAnnouncing[node] = 1;
    const at = Math.max(this.now, this.#quietUntil[node] ?? 0) + coalesce;
    this.#queue.put(at, events.announce, node);
  }

  #announce(feed: number): void {
    const { world, wire, protocol } = this.#options;
    const { bytes, isInline } = wire.announcement(this.#pending[feed] ?? 0);
    const seq = this.copies.latest(feed);
    const after = isInline ? (this.#announced[feed] ?? 0) : seq;
    this.#announced[feed] = seq;
    this.#pending[feed] = 0;
    this.#isAnnouncing[feed] = 0;
    this.#quietUntil[feed] = this.now + protocol.spacing;
    this.announcements += 1;
    const isCalm = this.now - (this.#lastSaid[feed] ?? 0) >= protocol.calm;
    this.#lastSaid[feed] = this.now;
    const arrival = this.#spread.of(feed, bytes, 'announcements of changes', this.traffic, { isCalm });
    const isReached = (node: number): boolean =>
      node !== feed &&
      world.region[node] === world.region[feed] &&
      !Number.isNaN(arrival[node] ?? Number.NaN);
    const to = Int32Array.from([...arrival.keys()].filter(isReached)).sort(
      (a, b) => (arrival[a] ?? 0) - (arrival[b] ?? 0),
    );
    if (to.length === 0) return;
    const at = Float64Array.from(to, (node) => this.now + (arrival[node] ?? 0));
    const id = this.#freeDeliveries.pop() ?? this.#deliveries.length;
    this.#deliveries[id] = { feed, seq, after, isInline, to, at, next: 0 };
    this.#queue.put(at[0] ?? 0, events.deliver, id);
  }

  /** A node hears by exchange that another one has more of a feed: a short gap is left to gossip first. */
  #hearOf(node: number, slot: number, from: number, now: number, isJustMet: boolean): void {
    const { shortGap, gossip } = this.#options.protocol;
    const { nodes } = this.#options.world;
    const gap = this.copies.latest(this.copies.feeds(node)[slot] ?? 0) - this.copies.have(node, slot);
    if (isJustMet || gap > shortGap) this.#fetches.want(node, slot, from, now);
    else this.#queue.put(now + gossip, events.lookAgain, node, slot * nodes + from);
  }

  #lookAgain(node: number, fetch: number): void {
    const { nodes } = this.#options.world;
    const [slot, from] = [Math.floor(fetch / nodes), fetch % nodes];
    const there = this.copies.have(from, this.copies.slot(from, this.copies.feeds(node)[slot] ?? 0));
    if (this.copies.have(node, slot) < there) this.#fetches.want(node, slot, from, this.now);
  }

  /** When the work for one delivery is done, where it has to wait for the others'. */
  #worked(): number {
    this.#busyUntil = Math.max(this.now, this.#busyUntil) + (this.#options.lines.sharedWork ?? 0);
    return this.#busyUntil;
  }

  #deliver(id: number): void {
    const delivery = this.#deliveries[id];
    if (delivery === undefined) return;
    const { feed, seq, after, isInline, to, at } = delivery;
    const node = to[delivery.next] ?? 0;
    delivery.next += 1;
    if (delivery.next < to.length) this.#queue.put(at[delivery.next] ?? 0, events.deliver, id);
    else this.#freeDeliveries.push(id);
    const slot = this.copies.slot(node, feed);
    if (!this.isThere(node) || slot < 0) return;
    const have = this.copies.have(node, slot);
    if (have >= seq) return;
    if (isInline && have >= after)
      this.copies.take(node, slot, seq, this.#worked() + this.#options.lines.writing, this.delays);
    else this.#fetches.want(node, slot, undefined, this.now);
  }
}

/** How often a feed has something new in a day: each change by itself, or a page of a harvest. */
export function announcementsADay(changes: number): number {
  const batch = IN_BATCH * changes;
  return Math.max(1e-3, (1 - IN_BATCH) * changes + Math.min(batch, Math.ceil(batch / HARVEST_PAGE.records)));
}
