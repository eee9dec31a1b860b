import type { Delays } from './delays.ts';
import type { World } from './world.ts';

/** What each node has of each feed that it holds: in the place of the node's `Directory` and feed states, as numbers. */
export class Copies {
  readonly #world: World;
  readonly #slots: Int32Array[];
  /** Of each node, by slot: up to where it has the feed, and since when. */
  readonly #have: Uint32Array[];
  readonly #since: Float32Array[];
  /** Of each feed, what was changed: up to which place, when, and how many. */
  readonly #history: { seq: number; at: number; changes: number }[][];
  readonly #latest: Uint32Array;

  constructor(world: World) {
    this.#world = world;
    this.#slots = world.held.map((feeds) => {
      const slots = new Int32Array(world.nodes).fill(-1);
      for (const [slot, feed] of feeds.entries()) slots[feed] = slot;
      return slots;
    });
    const each = (node: number): number => this.feeds(node).length;
    this.#have = Array.from({ length: world.nodes }, (_, node) => new Uint32Array(each(node)));
    this.#since = Array.from({ length: world.nodes }, (_, node) =>
      new Float32Array(each(node)).fill(-Infinity),
    );
    this.#history = Array.from({ length: world.nodes }, () => []);
    this.#latest = new Uint32Array(world.nodes);
  }

  /** The feeds that a node holds, by slot. */
  feeds(node: number): Int32Array {
    return this.#world.held[this.#world.region[node] ?? 0] ?? new Int32Array();
  }

  /** The slot of a feed at a node; -1 where it does not hold it. */
  slot(node: number, feed: number): number {
    return this.#slots[this.#world.region[node] ?? 0]?.[feed] ?? -1;
  }

  latest(feed: number): number {
    return this.#latest[feed] ?? 0;
  }

  have(node: number, slot: number): number {
    return this.#have[node]?.[slot] ?? 0;
  }

  /** The origin changes some records. @returns the feed's place after it */
  change(feed: number, changes: number, at: number): number {
    const seq = this.latest(feed) + changes;
    this.#latest[feed] = seq;
    this.#history[feed]?.push({ seq, at, changes });
    this.set(feed, this.slot(feed, feed), seq, at);
    return seq;
  }

  set(node: number, slot: number, seq: number, at: number): void {
    const [have, since] = [this.#have[node], this.#since[node]];
    if (slot < 0 || have === undefined || since === undefined) return;
    have[slot] = seq;
    since[slot] = at;
  }

  /** A node has taken a feed in up to a place: notes how long that took after each change. */
  take(node: number, slot: number, seq: number, at: number, delays: Delays): void {
    const have = this.have(node, slot);
    if (seq <= have) return;
    const history = this.#history[this.feeds(node)[slot] ?? 0] ?? [];
    for (let i = history.length - 1; i >= 0; i--) {
      const one = history[i];
      if (one === undefined || one.seq <= have) break;
      if (one.seq <= seq) delays.add(at - one.at, one.changes);
    }
    this.set(node, slot, seq, at);
  }

  /** How many heads `from` has to tell `to` that came to be since it was told; `onLacking` hears of those it lacks. */
  news(from: number, to: number, told: number, onLacking: (slot: number) => void): number {
    const [since, have, feeds] = [this.#since[from], this.#have[from], this.feeds(from)];
    if (since === undefined || have === undefined) return 0;
    const theirs = this.#world.region[from] === this.#world.region[to] ? this.#have[to] : undefined;
    let count = 0;
    for (let slot = 0; slot < since.length; slot++) {
      if ((since[slot] ?? 0) <= told || feeds[slot] === to) continue;
      count += 1;
      if (theirs !== undefined && (theirs[slot] ?? 0) < (have[slot] ?? 0)) onLacking(slot);
    }
    return count;
  }

  /** Whether a node lacks anything of a feed that it holds. */
  lacks(node: number): boolean {
    return this.feeds(node).some((feed, slot) => this.have(node, slot) < this.latest(feed));
  }

  /** How many changes are missing, at all that are there. */
  missing(isThere: (node: number) => boolean): number {
    let missing = 0;
    for (let node = 0; node < this.#world.nodes; node++) {
      if (!isThere(node)) continue;
      for (const [slot, feed] of this.feeds(node).entries())
        if (isThere(feed)) missing += this.latest(feed) - this.have(node, slot);
    }
    return missing;
  }
}
