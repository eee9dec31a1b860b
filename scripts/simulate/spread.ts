import { IDONTWANT_FROM, LEAST_TOLD } from '../../node/federation/index.ts';
import { EventQueue } from './event-queue.ts';
import type { Random } from '../random.ts';
import type { Topology } from './topology.ts';
import type { Kind, Traffic } from './traffic.ts';
import type { WireSizes } from './wire-sizes.ts';
import type { Lines, Protocol } from './world.ts';

/** Fewest that are told of a message's id each second, and for how many seconds. */
const LAZY = { least: LEAST_TOLD, seconds: 3, every: 1 };
const ARRIVES = 0;
const IS_JUDGED = 1;

/** What goes from one node to another, and where its bytes are noted. */
interface Message {
  bytes: number;
  kind: Kind;
  traffic: Traffic | undefined;
}

interface SpreadOptions {
  topology: Topology;
  lines: Lines;
  wire: WireSizes;
  protocol: Pick<Protocol, 'gossipFactor' | 'bundle'>;
  /** Of gossip, by all nodes together, about. */
  messagesASecond: number;
  random: Random;
  isThere: (node: number) => boolean;
}

/**
 * How one message of gossip gets about: its author sends it to all that it is connected with, or where it speaks often to its
 * mesh; who gets it judges it and pushes it on in the mesh, unless told that it is there; and who did not get it hears of its id
 * within seconds, and asks.
 */
export class Spread {
  readonly #options: SpreadOptions;
  readonly #queue = new EventQueue();
  readonly #arrival: Float64Array;
  /** Of the messages to a neighbour in the mesh, the share that finds one just sent. */
  readonly #waiting: number;

  constructor(options: SpreadOptions) {
    const { topology, protocol, messagesASecond } = options;
    this.#options = options;
    this.#arrival = new Float64Array(topology.nodes);
    // Each message is passed on to all neighbours but the one that it came from.
    const neighbours = topology.mesh.reduce((sum, { length }) => sum + length, 0) / topology.nodes;
    const passedOn = neighbours <= 1 ? 1 : (neighbours - 1) / neighbours;
    this.#waiting = restingShare(messagesASecond * passedOn, protocol.bundle);
  }

  /**
   * @param traffic where its bytes are noted
   * @param isCalm whether the author has been silent for a while
   * @returns when it was judged at each node, in seconds after it went out; NaN where it did not come
   */
  of(
    author: number,
    bytes: number,
    kind: Kind,
    traffic: Traffic | undefined,
    { isCalm = true } = {},
  ): Float64Array {
    const { topology, lines, isThere } = this.#options;
    const arrival = this.#arrival.fill(Number.NaN);
    const sending = (bytes * 8) / lines.bitsPerSecond;
    const message = { bytes, kind, traffic };
    arrival[author] = 0;
    let turn = 0;
    for (const to of (isCalm ? topology.connected : topology.mesh)[author] ?? []) {
      turn += 1;
      if (isCalm) this.#send(author, to, turn * sending, message);
      else this.#pass(author, to, turn * sending, message);
    }
    const queue = this.#queue;
    for (let isEager = true; isEager; isEager = this.#askForMissed(message)) {
      while (queue.take()) {
        const { time, a: node, b: from } = queue;
        if (queue.kind === ARRIVES) {
          if (!Number.isNaN(arrival[node])) continue;
          arrival[node] = time;
          queue.put(time + lines.judging, IS_JUDGED, node, from);
          if (bytes >= IDONTWANT_FROM) this.#sayDontWant(node, from, traffic);
          continue;
        }
        let place = 0;
        for (const to of topology.mesh[node] ?? []) {
          if (to === from || to === author || this.#isToldNotTo(node, to, time, bytes)) continue;
          place += 1;
          this.#pass(node, to, time + place * sending, message);
        }
      }
    }
    return arrival.map((time, node) =>
      node === author ? 0 : isThere(node) ? time + lines.judging : Number.NaN,
    );
  }

  /** On in the mesh, where what comes just behind another message goes with the next bundle. */
  #pass(from: number, to: number, time: number, message: Message): void {
    const { random, wire, protocol } = this.#options;
    if (random.uniform() >= this.#waiting) this.#send(from, to, time, message);
    else {
      const later = time + random.uniform() * protocol.bundle;
      this.#send(from, to, later, { ...message, bytes: message.bytes - wire.packing });
    }
  }

  #send(from: number, to: number, time: number, { bytes, kind, traffic }: Message): void {
    const { topology, lines, random, isThere } = this.#options;
    const isLost = random.uniform() < lines.loss || !isThere(to);
    traffic?.note(kind, from, to, bytes, { isLost });
    if (!isLost) this.#queue.put(time + topology.delay(from, to), ARRIVES, to, from);
  }

  /** Whether the word of a neighbour that has the message is here already. */
  #isToldNotTo(node: number, neighbour: number, now: number, bytes: number): boolean {
    if (bytes < IDONTWANT_FROM) return false;
    // Said once the message's own signature is checked, which is half of the judging.
    const { topology, lines } = this.#options;
    const said = (this.#arrival[neighbour] ?? Number.NaN) + lines.judging / 2;
    return said < now && said + topology.delay(neighbour, node) <= now;
  }

  #sayDontWant(node: number, from: number, traffic: Traffic | undefined): void {
    const { topology, wire } = this.#options;
    if (traffic === undefined) return;
    for (const to of topology.mesh[node] ?? [])
      if (to !== from) traffic.note('gossip control', node, to, wire.idontwant);
  }

  /** @returns whether somebody asked for the message, so that it goes on from there */
  #askForMissed(message: Message): boolean {
    const { topology, wire, random, isThere } = this.#options;
    const { gossipFactor } = this.#options.protocol;
    const arrival = this.#arrival;
    let isAsked = false;
    for (const [node, time] of arrival.entries()) {
      if (!Number.isNaN(time) || !isThere(node)) continue;
      let [first, source] = [Infinity, -1];
      for (const other of topology.connected[node] ?? []) {
        const there = arrival[other] ?? Number.NaN;
        if (Number.isNaN(there) || !isThere(other)) continue;
        const others = (topology.connected[other]?.length ?? 0) - (topology.mesh[other]?.length ?? 0);
        const chance = Math.min(1, Math.max(LAZY.least, gossipFactor * others) / Math.max(1, others));
        const beat = there + random.uniform() * LAZY.every;
        for (let second = 0; second < LAZY.seconds; second++) {
          if (random.uniform() >= chance) continue;
          const told = beat + second * LAZY.every + topology.delay(other, node);
          if (told < first) [first, source] = [told, other];
          break;
        }
      }
      if (source < 0) continue;
      message.traffic?.note('gossip control', node, source, wire.iwant);
      isAsked = true;
      this.#send(source, node, first + topology.delay(node, source), message);
    }
    return isAsked && this.#queue.size > 0;
  }
}

/**
 * The share of the time in which a stream rests after it has sent something, and what comes has to wait: where nothing has come
 * when a rest of so long is over, the stream is free until the next message; else it sends what has, and rests again.
 *
 * @param rate messages a second, one independent of another
 */
export function restingShare(rate: number, rest: number): number {
  if (rate === 0) return 0;
  const resting = rest * Math.exp(rate * rest);
  return resting / (resting + 1 / rate);
}
