import type { Network, StreamHandler, Verdict } from '../../../node/federation/index.ts';
import type { FrameChannel } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { SimulatedChannel } from './simulated-channel.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What is wrong with the links. */
export interface Weather {
  /** One way, at least. */
  latencyMs: number;
  /** So much more, at random: what was sent later may come sooner. */
  jitterMs: number;
  /** Of gossip messages. On a stream a lost packet is sent again, so its frame is late. */
  loss: number;
  /** Of gossip messages that come twice. */
  duplicates: number;
  /** Of frames at which their stream breaks. */
  breaks: number;
}

export const fairWeather: Weather = { latencyMs: 20, jitterMs: 30, loss: 0, duplicates: 0, breaks: 0 };

/** A connection over a link that is down is given up then. */
const GIVEN_UP_MS = 20_000;
/** Where a link is up and there is no connection, one is made by then. */
const DIALLED_BY_MS = 10_000;

interface Message {
  topic: string;
  author: NodeId;
  data: Uint8Array;
}

export interface Link {
  ends: [SimulatedNetwork, SimulatedNetwork];
  isUp: boolean;
  channels: Set<SimulatedChannel> | undefined;
  cancel: () => void;
}

/** The links between nodes, with everything that can go wrong on them, at times of `VirtualTime` and from one seed. */
export class SimulatedLinks {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly #links = new Map<string, Link>();
  readonly members = new Map<NodeId, SimulatedNetwork>();
  weather: Weather = fairWeather;
  /** Who cut off whom. */
  readonly cutOff: [by: NodeId, who: NodeId][] = [];

  constructor(options: { time: VirtualTime; random: () => number }) {
    this.time = options.time;
    this.random = options.random;
  }

  member(node: NodeId): SimulatedNetwork {
    const member = new SimulatedNetwork(this, node);
    this.members.set(node, member);
    return member;
  }

  lay(a: NodeId, b: NodeId): void {
    const ends = [this.members.get(a), this.members.get(b)];
    const [one, other] = ends;
    if (one === undefined || other === undefined) throw new Error(`${a} or ${b} is no member`);
    const link: Link = { ends: [one, other], isUp: true, channels: undefined, cancel: () => undefined };
    this.#links.set(nameOf(a, b), link);
    this.#dial(link);
  }

  /** Lets messages through between nodes of one side only. */
  part(isOnOneSide: (node: NodeId) => boolean): void {
    for (const link of this.#links.values()) {
      const [a, b] = link.ends;
      this.#setUp(link, isOnOneSide(a.node) === isOnOneSide(b.node));
    }
  }

  heal(): void {
    for (const link of this.#links.values()) this.#setUp(link, true);
  }

  linkOf(a: NodeId, b: NodeId): Link | undefined {
    return this.#links.get(nameOf(a, b));
  }

  linksOf(node: NodeId): Link[] {
    return [...this.#links.values()].filter(({ ends }) => ends.some((end) => end.node === node));
  }

  /** A node came up: those that know it call it. */
  appeared(node: NodeId): void {
    for (const link of this.linksOf(node)) this.#dial(link);
  }

  /** A node is gone: the others see their connections end. */
  vanished(node: NodeId): void {
    for (const link of this.linksOf(node)) this.hangUp(link);
  }

  /** Ends the connection, and lets it be made anew where that is possible. */
  hangUp(link: Link): void {
    link.cancel();
    const { channels } = link;
    link.channels = undefined;
    for (const channel of channels ?? []) channel.abort(new Error('the connection has ended'));
    this.#dial(link);
  }

  delayMs(): number {
    return this.weather.latencyMs + this.random() * this.weather.jitterMs;
  }

  #setUp(link: Link, isUp: boolean): void {
    if (link.isUp === isUp) return;
    link.isUp = isUp;
    link.cancel();
    if (isUp) {
      for (const channel of link.channels ?? []) channel.resume();
      this.#dial(link);
    } else if (link.channels !== undefined) {
      link.cancel = this.time.in(GIVEN_UP_MS, () => this.hangUp(link));
    }
  }

  #dial(link: Link): void {
    if (!link.isUp || link.channels !== undefined) return;
    link.cancel();
    link.cancel = this.time.in(this.random() * DIALLED_BY_MS, () => {
      const [a, b] = link.ends;
      if (!a.isRunning || !b.isRunning) return;
      link.channels = new Set();
      a.met(b.node);
      b.met(a.node);
    });
  }
}

/** One node's end of the links. */
export class SimulatedNetwork implements Network {
  readonly node: NodeId;
  readonly #links: SimulatedLinks;
  #topics = new Map<string, (author: NodeId, data: Uint8Array) => Promise<Verdict>>();
  #handlers = new Map<string, StreamHandler>();
  #listeners: ((node: NodeId) => void)[] = [];
  #seen = new Set<Message>();
  #abort = new AbortController();
  isRunning = false;

  constructor(links: SimulatedLinks, node: NodeId) {
    this.#links = links;
    this.node = node;
  }

  async start(): Promise<void> {
    this.isRunning = true;
    this.#abort = new AbortController();
    this.#links.appeared(this.node);
  }

  async stop(): Promise<void> {
    this.unplug();
  }

  /** Ends everything at once; whoever starts it again registers anew. */
  unplug(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.#topics = new Map();
    this.#handlers = new Map();
    this.#listeners = [];
    this.#seen = new Set();
    this.#abort.abort(new Error('stopped'));
    this.#links.vanished(this.node);
  }

  addresses(): string[] {
    return [`/simulated/${this.node}`];
  }

  addressesOf(node: NodeId): string[] {
    return [`/simulated/${node}`];
  }

  connected(): NodeId[] {
    return this.#links
      .linksOf(this.node)
      .flatMap(({ ends: [a, b], channels }) =>
        channels === undefined ? [] : [a.node === this.node ? b.node : a.node],
      );
  }

  onConnect(listener: (node: NodeId) => void): void {
    this.#listeners.push(listener);
  }

  met(node: NodeId): void {
    for (const listener of this.#listeners) listener(node);
  }

  async open(node: NodeId, protocol: string, signal: AbortSignal): Promise<FrameChannel> {
    await new Promise<void>((resolve, reject) => {
      this.#links.time.in(2 * this.#links.delayMs(), resolve);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const link = this.#links.linkOf(this.node, node);
    const remote = this.#links.members.get(node);
    const handler = remote === undefined ? undefined : remote.#handlers.get(protocol);
    if (link?.channels === undefined || !link.isUp || remote === undefined || handler === undefined)
      throw new Error(`no stream to ${node} can be opened`);
    const [here, there] = SimulatedChannel.pair(this.#links, link);
    handler(this.node, there, remote.#abort.signal).then(
      () => there.abort(new Error('ended')),
      (error: Error) => there.abort(error),
    );
    return here;
  }

  serve(protocol: string, handler: StreamHandler): void {
    this.#handlers.set(protocol, handler);
  }

  subscribe(topic: string, receive: (author: NodeId, data: Uint8Array) => Promise<Verdict>): void {
    this.#topics.set(topic, receive);
  }

  async publish(topic: string, data: Uint8Array): Promise<void> {
    const message = { topic, author: this.node, data };
    this.#seen.add(message);
    this.#spread(message, this.node);
  }

  async disconnect(node: NodeId): Promise<void> {
    const link = this.#links.linkOf(this.node, node);
    if (link !== undefined) this.#links.hangUp(link);
    this.#links.cutOff.push([this.node, node]);
  }

  /** To all neighbours, as gossip goes that is not lost. */
  #spread(message: Message, from: NodeId): void {
    const { weather, random, time } = this.#links;
    for (const node of this.connected()) {
      if (node === from || node === message.author) continue;
      const copies = (random() < weather.loss ? 0 : 1) + (random() < weather.duplicates ? 1 : 0);
      for (let i = 0; i < copies; i++) {
        time.in(this.#links.delayMs(), () => {
          const member = this.#links.members.get(node);
          if (member === undefined || this.#links.linkOf(this.node, node)?.isUp !== true) return;
          void member.#hear(message, this.node, i > 0);
        });
      }
    }
  }

  /** @param isRepeat of what gossip has forgotten that it came before */
  async #hear(message: Message, from: NodeId, isRepeat: boolean): Promise<void> {
    const receive = this.#topics.get(message.topic);
    if (receive === undefined || (this.#seen.has(message) && !isRepeat)) return;
    this.#seen.add(message);
    const verdict = await receive(message.author, message.data);
    this.#links.time.touch();
    if (verdict === 'accept' && !isRepeat) this.#spread(message, from);
  }
}

function nameOf(a: NodeId, b: NodeId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
