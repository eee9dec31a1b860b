import { limits } from '../../protocols/replication/index.ts';
import type { Copies } from './copies.ts';
import type { Random } from '../random.ts';
import { shuffled, type Topology } from './topology.ts';
import type { Traffic } from './traffic.ts';
import type { WireSizes } from './wire-sizes.ts';
import type { Protocol } from './world.ts';

/** The node's own head goes with it. */
const HEADS_IN_MESSAGE = limits.heads - 1;

/** Times are kept in four bytes: what came to be right before an exchange is rather told twice than not at all. */
const ROUNDING = 0.005;

/** The exchange of heads in pairs, each time what is news to the other one. */
export class HeadRounds {
  readonly #topology: Topology;
  readonly #copies: Copies;
  readonly #traffic: Traffic;
  readonly #wire: WireSizes;
  readonly #protocol: Protocol;
  readonly #random: Random;
  readonly #isThere: (node: number) => boolean;
  readonly #want: (node: number, slot: number, from: number, now: number, isJustMet: boolean) => void;
  readonly #put: (time: number, node: number) => void;
  /** By node and neighbour: when it was told last, and the neighbour's place for this node. */
  readonly #told: Float32Array[];
  readonly #back: Int32Array[];
  /** The neighbours, by their place, that a node chooses from. */
  readonly #partners: Int32Array[];
  readonly #last: Float64Array;
  readonly #next: Float64Array;
  /** After which time the next round can be, and whether it is a sooner one. */
  readonly #soon: Float64Array;
  readonly #isSooner: Uint8Array;
  readonly #isLongGap: Uint8Array;
  exchanges = 0;
  headsTold = 0;

  constructor(options: {
    topology: Topology;
    copies: Copies;
    traffic: Traffic;
    wire: WireSizes;
    protocol: Protocol;
    random: Random;
    isThere: (node: number) => boolean;
    want: (node: number, slot: number, from: number, now: number, isJustMet: boolean) => void;
    put: (time: number, node: number) => void;
  }) {
    const { topology, random, protocol } = options;
    this.#topology = topology;
    this.#copies = options.copies;
    this.#traffic = options.traffic;
    this.#wire = options.wire;
    this.#protocol = protocol;
    this.#random = random;
    this.#isThere = options.isThere;
    this.#want = options.want;
    this.#put = options.put;
    this.#back = placesBack(topology);
    this.#partners = topology.connected.map((all) =>
      shuffled(Int32Array.from(all.keys()), random).slice(0, Math.min(all.length, protocol.partners)),
    );
    this.#told = topology.connected.map((all) =>
      Float32Array.from(all, () => -random.exponential(this.#pause(all.length))),
    );
    this.#last = new Float64Array(topology.nodes);
    this.#next = new Float64Array(topology.nodes);
    this.#soon = new Float64Array(topology.nodes).fill(protocol.soon);
    this.#isSooner = new Uint8Array(topology.nodes);
    this.#isLongGap = new Uint8Array(topology.nodes);
  }

  start(node: number): void {
    this.#set(node, this.#random.uniform() * this.#protocol.round);
  }

  round(node: number, now: number): void {
    // Another round has taken the place of this one.
    if (!this.#isThere(node) || this.#next[node] !== now) return;
    const { soon, longestSoon } = this.#protocol;
    this.#last[node] = now;
    const isLater = this.#isSooner[node] === 1 && this.#isLongGap[node] === 0;
    this.#soon[node] = isLater ? Math.min(longestSoon, 2 * (this.#soon[node] ?? soon)) : soon;
    this.#isSooner[node] = 0;
    this.#isLongGap[node] = 0;
    const partners = this.#partners[node] ?? new Int32Array();
    const chosen = new Set<number>();
    for (let tries = 0; tries < 20 && chosen.size < this.#protocol.nodesARound; tries++) {
      const place = partners[this.#random.integer(partners.length)];
      if (place !== undefined && this.#isThere(this.#topology.connected[node]?.[place] ?? -1))
        chosen.add(place);
    }
    for (const place of chosen) this.#exchange(node, place, now, false);
    this.#set(node, now + this.#protocol.round * (0.5 + this.#random.uniform()));
  }

  /** So many entries were fetched: the next round is sooner. */
  nudge(node: number, now: number, entries: number): void {
    if (entries > this.#protocol.shortGap) this.#isLongGap[node] = 1;
    const sooner = Math.max(now, (this.#last[node] ?? 0) + (this.#soon[node] ?? 0));
    if (sooner >= (this.#next[node] ?? 0)) return;
    this.#isSooner[node] = 1;
    this.#set(node, sooner);
  }

  /** Two nodes are connected anew: each is told everything. */
  meet(node: number, place: number, now: number): void {
    const other = this.#topology.connected[node]?.[place] ?? -1;
    if (!this.#isThere(node) || !this.#isThere(other)) return;
    this.#setTold(node, place, -Infinity);
    this.#setTold(other, this.#back[node]?.[place] ?? 0, -Infinity);
    this.#exchange(node, place, now, true);
  }

  #exchange(node: number, place: number, now: number, isJustMet: boolean): void {
    const other = this.#topology.connected[node]?.[place] ?? 0;
    const back = this.#back[node]?.[place] ?? 0;
    const there = now + this.#topology.delay(node, other);
    const again = there + this.#topology.delay(other, node);
    const asked = this.#copies.news(node, other, this.#told[node]?.[place] ?? 0, (slot) =>
      this.#want(other, slot, node, there, isJustMet),
    );
    const answered = this.#copies.news(other, node, this.#told[other]?.[back] ?? 0, (slot) =>
      this.#want(node, slot, other, again, isJustMet),
    );
    this.#setTold(node, place, now - ROUNDING);
    this.#setTold(other, back, now - ROUNDING);
    this.exchanges += 1;
    this.headsTold += asked + answered;
    const turns = Math.max(1, Math.ceil(Math.max(asked, answered) / HEADS_IN_MESSAGE));
    const bytes = (heads: number): number =>
      turns * this.#wire.heads(Math.min(HEADS_IN_MESSAGE, Math.round(heads / turns)));
    this.#traffic.note('exchange of heads', node, other, bytes(asked), { messages: turns });
    this.#traffic.note('exchange of heads', other, node, bytes(answered), { messages: turns });
  }

  #setTold(node: number, place: number, time: number): void {
    const told = this.#told[node];
    if (told !== undefined) told[place] = time;
  }

  #set(node: number, time: number): void {
    this.#next[node] = time;
    this.#put(time, node);
  }

  /** Between two exchanges of one pair, on average: either may ask. */
  #pause(neighbours: number): number {
    const { round, nodesARound, partners } = this.#protocol;
    return (round * Math.min(partners, neighbours)) / (2 * nodesARound);
  }
}

/** Of each node and neighbour, which place the node has among the neighbour's. */
function placesBack({ connected }: Topology): Int32Array[] {
  const next = new Int32Array(connected.length);
  const back = connected.map(({ length }) => new Int32Array(length));
  // In ascending order each node comes to its neighbours' lists in their order.
  for (const [node, others] of connected.entries()) {
    const own = back[node];
    for (const [place, other] of others.entries()) {
      if (own !== undefined) own[place] = next[other] ?? 0;
      next[other] = (next[other] ?? 0) + 1;
    }
  }
  return back;
}
