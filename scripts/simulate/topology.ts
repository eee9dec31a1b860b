import { MESH } from '../../node/federation/index.ts';
import type { Random } from '../random.ts';
import type { Lines, World } from './world.ts';

const { D: WANTED, Dlo: LEAST, Dhi: MOST } = MESH;
const JITTER = 0.002;
/** Of a node's connections, as many at the most with its own region. */
const OF_REGION = 0.75;

/** Who is connected with whom, who pushes messages on to whom, and how far they are from each other. */
export class Topology {
  readonly nodes: number;
  readonly connected: Int32Array[];
  readonly mesh: Int32Array[];
  readonly #lines: Lines;
  readonly #random: Random;
  readonly #x: Float64Array;
  readonly #y: Float64Array;

  /** @param connections of each node, at the most; those of its region come first, as whom it trusts does */
  constructor({ nodes, region }: World, connections: number, lines: Lines, random: Random) {
    this.nodes = nodes;
    this.#lines = lines;
    this.#random = random;
    // Regions lie somewhere on a square, their nodes around their middle.
    const middles = Float64Array.from({ length: 2 * (Math.max(...region) + 1) }, () => random.uniform());
    const isOneRegion = middles.length === 2;
    const place = (node: number, axis: number): number =>
      isOneRegion
        ? random.uniform()
        : (middles[2 * (region[node] ?? 0) + axis] ?? 0) + 0.05 * random.normal();
    this.#x = Float64Array.from({ length: nodes }, (_, node) => place(node, 0));
    this.#y = Float64Array.from({ length: nodes }, (_, node) => place(node, 1));
    this.connected = connect(region, connections, random);
    this.mesh = this.connected.map(() => new Int32Array());
    for (const links of this.#grafted(always, always)) this.#setMesh(links);
  }

  /** One way, in seconds; another time a little more or less. */
  delay(from: number, to: number): number {
    const dx = (this.#x[from] ?? 0) - (this.#x[to] ?? 0);
    const dy = (this.#y[from] ?? 0) - (this.#y[to] ?? 0);
    const { least, farthest } = this.#lines;
    const distance = Math.min(1, Math.sqrt((dx * dx + dy * dy) / 2));
    return least + farthest * distance + this.#random.exponential(JITTER * Math.min(1, farthest * 10));
  }

  /** Some nodes are gone: the others let their links go and make new ones, with those that are connected. */
  heal(isThere: (node: number) => boolean, hasNoticed: (node: number) => boolean): void {
    for (const links of this.#grafted(isThere, hasNoticed)) this.#setMesh(links);
  }

  #setMesh([node, links]: [number, Set<number>]): void {
    this.mesh[node] = Int32Array.from(links);
  }

  *#grafted(
    isThere: (node: number) => boolean,
    hasNoticed: (node: number) => boolean,
  ): Generator<[number, Set<number>]> {
    const links = this.mesh.map((own, node) => new Set(hasNoticed(node) ? own.filter(isThere) : own));
    for (const [node, own] of links.entries()) {
      if (!isThere(node) || own.size >= LEAST) continue;
      const candidates = shuffled(this.connected[node] ?? new Int32Array(), this.#random);
      for (const other of candidates) {
        if (own.size >= WANTED) break;
        const theirs = links[other];
        if (theirs === undefined || theirs.size >= MOST || !isThere(other)) continue;
        own.add(other);
        theirs.add(node);
      }
    }
    yield* links.entries();
  }
}

const always = (): boolean => true;

function connect(region: Int32Array, most: number, random: Random): Int32Array[] {
  const nodes = region.length;
  if (nodes - 1 <= most)
    return Array.from({ length: nodes }, (_, node) =>
      Int32Array.from({ length: nodes - 1 }, (_, i) => (i < node ? i : i + 1)),
    );
  const links = Array.from({ length: nodes }, () => new Set<number>());
  const link = (a: number, b: number): void => {
    if (a === b || (links[a]?.size ?? 0) >= most || (links[b]?.size ?? 0) >= most) return;
    links[a]?.add(b);
    links[b]?.add(a);
  };
  if (region[0] !== region[nodes - 1]) {
    for (let a = 0; a < nodes; a++) {
      const others = shuffled(matesOf(a, region), random);
      for (const b of others) if ((links[a]?.size ?? 0) < most * OF_REGION) link(a, b);
    }
  }
  // Who calls does so for half of them; the others are those who called.
  for (let half = 0; half < 2; half++)
    for (let a = 0; a < nodes; a++)
      for (let tries = 0; tries < most * 2 && (links[a]?.size ?? 0) < (most * (half + 1)) / 2; tries++)
        link(a, random.integer(nodes));
  return links.map((own) => Int32Array.from(own).sort());
}

/** The nodes of one region stand side by side. */
function matesOf(node: number, region: Int32Array): Int32Array {
  const own = region[node] ?? 0;
  const first = region.indexOf(own);
  return Int32Array.from({ length: region.lastIndexOf(own) - first + 1 }, (_, i) => first + i);
}

export function shuffled(of: Int32Array, random: Random): Int32Array {
  const all = Int32Array.from(of);
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [all[i], all[j]] = [all[j] ?? 0, all[i] ?? 0];
  }
  return all;
}
