import { limits } from '../../protocols/replication/index.ts';
import type { Copies } from './copies.ts';
import type { Delays } from './delays.ts';
import type { Topology } from './topology.ts';
import type { Traffic } from './traffic.ts';
import type { WireSizes } from './wire-sizes.ts';
import type { Lines } from './world.ts';

/** Catching up: what a node lacks of a feed is asked of its origin, or of who has told that it has it. */
export class Fetches {
  readonly #copies: Copies;
  readonly #topology: Topology;
  readonly #traffic: Traffic;
  readonly #wire: WireSizes;
  readonly #lines: Lines;
  readonly #isThere: (node: number) => boolean;
  readonly #atOnce: number;
  readonly #put: (time: number, node: number, fetch: number) => void;
  readonly #isConnected: Uint8Array | undefined;
  readonly #running: Uint16Array;
  readonly #waiting = new Map<number, number[]>();
  readonly #isFetching = new Set<number>();

  constructor(options: {
    copies: Copies;
    topology: Topology;
    traffic: Traffic;
    wire: WireSizes;
    lines: Lines;
    isThere: (node: number) => boolean;
    atOnce: number;
    put: (time: number, node: number, fetch: number) => void;
  }) {
    this.#copies = options.copies;
    this.#topology = options.topology;
    this.#traffic = options.traffic;
    this.#wire = options.wire;
    this.#lines = options.lines;
    this.#isThere = options.isThere;
    this.#atOnce = options.atOnce;
    this.#put = options.put;
    this.#running = new Uint16Array(options.topology.nodes);
    this.#isConnected = connections(options.topology);
  }

  /** @param from who said that it has more of the feed; undefined where only the origin did */
  want(node: number, slot: number, from: number | undefined, now: number): void {
    const { nodes } = this.#topology;
    const feed = this.#copies.feeds(node)[slot] ?? 0;
    const source = this.#mayAsk(node, feed) ? feed : from;
    const key = node * nodes + slot;
    if (source === undefined || this.#isFetching.has(key)) return;
    this.#isFetching.add(key);
    const fetch = slot * nodes + source;
    if ((this.#running[node] ?? 0) < this.#atOnce) this.#ask(node, fetch, now);
    else {
      const waiting = this.#waiting.get(node);
      if (waiting === undefined) this.#waiting.set(node, [fetch]);
      else waiting.push(fetch);
    }
  }

  /** What was asked for is here and written. @returns how many entries of it were news */
  fetched(node: number, fetch: number, now: number, delays: Delays): number {
    const { nodes } = this.#topology;
    const [slot, source] = [Math.floor(fetch / nodes), fetch % nodes];
    this.#isFetching.delete(node * nodes + slot);
    this.#running[node] = (this.#running[node] ?? 1) - 1;
    const next = this.#waiting.get(node)?.shift();
    if (next !== undefined) this.#ask(node, next, now);
    if (!this.#isThere(node) || !this.#isThere(source)) return 0;
    const have = this.#copies.have(node, slot);
    const seq = this.#copies.have(source, this.#copies.slot(source, this.#copies.feeds(node)[slot] ?? 0));
    this.#note(node, source, Math.max(0, seq - have));
    this.#copies.take(node, slot, seq, now, delays);
    return Math.max(0, seq - have);
  }

  #ask(node: number, fetch: number, now: number): void {
    const { nodes } = this.#topology;
    const [slot, source] = [Math.floor(fetch / nodes), fetch % nodes];
    this.#running[node] = (this.#running[node] ?? 0) + 1;
    const there = this.#copies.have(source, this.#copies.slot(source, this.#copies.feeds(node)[slot] ?? 0));
    const gap = Math.max(0, there - this.#copies.have(node, slot));
    const { writing, writingEach, bitsPerSecond } = this.#lines;
    const way = this.#topology.delay(node, source) + this.#topology.delay(source, node);
    const bytes = pagesOf(gap).reduce((sum, entries) => sum + this.#wire.page(entries), 0);
    this.#put(now + way + (bytes * 8) / bitsPerSecond + writing + writingEach * gap, node, fetch);
  }

  #note(node: number, source: number, gap: number): void {
    for (const entries of pagesOf(gap)) {
      this.#traffic.note('entries', node, source, this.#wire.entriesRequest);
      this.#traffic.note('entries', source, node, this.#wire.page(entries));
    }
  }

  #mayAsk(node: number, other: number): boolean {
    return this.#isThere(other) && (this.#isConnected?.[node * this.#topology.nodes + other] ?? 1) === 1;
  }
}

function pagesOf(entries: number): number[] {
  const pages = Math.max(1, Math.ceil(entries / limits.entries));
  return Array.from({ length: pages }, (_, i) =>
    Math.min(limits.entries, Math.max(0, entries - i * limits.entries)),
  );
}

/** By two nodes whether they are connected; undefined where all are. */
function connections({ nodes, connected }: Topology): Uint8Array | undefined {
  if (connected.every(({ length }) => length === nodes - 1)) return undefined;
  const table = new Uint8Array(nodes * nodes);
  for (const [node, others] of connected.entries())
    for (const other of others) table[node * nodes + other] = 1;
  return table;
}
