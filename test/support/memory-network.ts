import type { Network, StreamHandler, Verdict } from '../../node/federation/index.ts';
import type { FrameChannel } from '../../protocols/replication/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { FrameQueue } from './frame-queue.ts';

/**
 * A network in memory that a test can cut. Every member that is linked to another hears its gossip and can open streams
 * to it; nothing else is lost or late unless the test says so.
 */
export class MemoryHub {
  readonly #members = new Map<NodeId, MemoryNetwork>();
  readonly #links = new Set<string>();
  /** Tells of each gossip message whether it is delivered, and how often. */
  deliveries: (from: NodeId, to: NodeId, data: Uint8Array) => number = () => 1;

  member(node: NodeId): MemoryNetwork {
    const member = new MemoryNetwork(this, node);
    this.#members.set(node, member);
    return member;
  }

  link(a: NodeId, b: NodeId): void {
    this.#links.add(linkName(a, b));
    this.#members.get(a)?.met(b);
    this.#members.get(b)?.met(a);
  }

  cut(a: NodeId, b: NodeId): void {
    this.#links.delete(linkName(a, b));
    this.#members.get(a)?.lost(b);
    this.#members.get(b)?.lost(a);
  }

  linked(node: NodeId): NodeId[] {
    return [...this.#members.keys()].filter(
      (other) => other !== node && this.#links.has(linkName(node, other)),
    );
  }

  network(node: NodeId): MemoryNetwork {
    const member = this.#members.get(node);
    if (member === undefined) throw new Error(`no member ${node}`);
    return member;
  }

  /** Everyone that can be reached over links, once each, as gossip does. */
  reached(from: NodeId): NodeId[] {
    const seen = new Set([from]);
    const queue = [from];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const next of this.linked(node)) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    seen.delete(from);
    return [...seen];
  }
}

export class MemoryNetwork implements Network {
  readonly node: NodeId;
  readonly #hub: MemoryHub;
  readonly #topics = new Map<string, (author: NodeId, data: Uint8Array) => Promise<Verdict>>();
  readonly #listeners: ((node: NodeId) => void)[] = [];
  readonly #channels = new Set<{ with: NodeId; channel: MemoryChannel }>();
  readonly verdicts: Verdict[] = [];
  readonly handlers = new Map<string, StreamHandler>();
  #started = false;
  #abort = new AbortController();

  constructor(hub: MemoryHub, node: NodeId) {
    this.#hub = hub;
    this.node = node;
  }

  async start(): Promise<void> {
    this.#started = true;
    this.#abort = new AbortController();
    for (const node of this.connected()) {
      this.met(node);
      this.#hub.network(node).met(this.node);
    }
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.#abort.abort();
    for (const { channel } of this.#channels) channel.abort(new Error('stopped'));
    this.#channels.clear();
    // Whoever starts it again registers anew.
    this.#listeners.length = 0;
  }

  addresses(): string[] {
    return [`/memory/${this.node}`];
  }

  addressesOf(node: NodeId): string[] {
    return [`/memory/${node}`];
  }

  connected(): NodeId[] {
    return this.#hub.linked(this.node).filter((node) => this.#hub.network(node).#started);
  }

  onConnect(listener: (node: NodeId) => void): void {
    this.#listeners.push(listener);
  }

  met(node: NodeId): void {
    if (!this.#started || !this.#hub.network(node).#started) return;
    for (const listener of this.#listeners) listener(node);
  }

  lost(node: NodeId): void {
    for (const { with: other, channel } of this.#channels)
      if (other === node) channel.abort(new Error('cut'));
  }

  async open(node: NodeId, protocol: string, _signal: AbortSignal): Promise<FrameChannel> {
    if (!this.connected().includes(node)) throw new Error(`${node} is not connected`);
    const [here, there] = MemoryChannel.pair();
    const remote = this.#hub.network(node);
    const handler = remote.handlers.get(protocol);
    if (handler === undefined) throw new Error(`${node} does not speak ${protocol}`);
    this.#channels.add({ with: node, channel: here });
    remote.#channels.add({ with: this.node, channel: there });
    handler(this.node, there, remote.#abort.signal).then(
      () => there.abort(new Error('ended')),
      (error: Error) => there.abort(error),
    );
    return here;
  }

  serve(protocol: string, handler: StreamHandler): void {
    this.handlers.set(protocol, handler);
  }

  subscribe(topic: string, receive: (author: NodeId, data: Uint8Array) => Promise<Verdict>): void {
    this.#topics.set(topic, receive);
  }

  async publish(topic: string, data: Uint8Array): Promise<void> {
    await this.publishAs(this.node, topic, data);
  }

  /** For tests of what gossip itself keeps out: a message under another name. */
  async publishAs(author: NodeId, topic: string, data: Uint8Array): Promise<void> {
    for (const node of this.#hub.reached(this.node)) {
      const to = this.#hub.network(node);
      if (!to.#started) continue;
      for (let i = this.#hub.deliveries(author, node, data); i > 0; i--) {
        const verdict = await to.#topics.get(topic)?.(author, data);
        if (verdict !== undefined) to.verdicts.push(verdict);
      }
    }
  }

  async disconnect(node: NodeId): Promise<void> {
    this.#hub.cut(this.node, node);
  }
}

/** One end of a pair of frame queues. */
class MemoryChannel implements FrameChannel {
  readonly #queue = new FrameQueue();
  #other: MemoryChannel | undefined;

  static pair(): [MemoryChannel, MemoryChannel] {
    const [a, b] = [new MemoryChannel(), new MemoryChannel()];
    a.#other = b;
    b.#other = a;
    return [a, b];
  }

  read(signal: AbortSignal): Promise<Uint8Array> {
    return this.#queue.read(signal);
  }

  async write(frame: Uint8Array): Promise<void> {
    if (this.#queue.ended !== undefined) throw this.#queue.ended;
    this.#other?.take(frame);
  }

  take(frame: Uint8Array): void {
    this.#queue.put(frame);
  }

  abort(reason: Error): void {
    if (this.#queue.ended !== undefined) return;
    this.#queue.end(reason);
    this.#other?.abort(reason);
  }
}

function linkName(a: NodeId, b: NodeId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
