import { LRUCache } from 'lru-cache';
import type { FrameChannel } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Network } from '../network/network.ts';

const NODES_KEPT = 10_000;

/** Bytes since the start, as they go over the wire: frames and messages without what the transport puts around them. */
export interface Bytes {
  received: number;
  sent: number;
}

/** What the bytes are of: `gossip`, or the name of the streams' protocol, as `replication` of `/ngr/replication/1.0.0`. */
type TrafficKind = string;

/** What goes to and fro between this node and each other one. */
export class Traffic {
  readonly #nodes = new LRUCache<NodeId, Bytes>({ max: NODES_KEPT });
  readonly #onBytes: (kind: TrafficKind, direction: keyof Bytes, bytes: number) => void;

  /** @param onBytes called with every count, to be added up over all nodes */
  constructor(onBytes: (kind: TrafficKind, direction: keyof Bytes, bytes: number) => void) {
    this.#onBytes = onBytes;
  }

  /** Of gossip, what a node has written itself, whoever handed it on; what is sent by gossip is sent to no one in particular. */
  of(node: NodeId): Readonly<Bytes> {
    return this.#nodes.peek(node) ?? { received: 0, sent: 0 };
  }

  received(node: NodeId, kind: TrafficKind, bytes: number): void {
    this.#entry(node).received += bytes;
    this.#onBytes(kind, 'received', bytes);
  }

  sent(node: NodeId, kind: TrafficKind, bytes: number): void {
    this.#entry(node).sent += bytes;
    this.#onBytes(kind, 'sent', bytes);
  }

  published(bytes: number): void {
    this.#onBytes('gossip', 'sent', bytes);
  }

  #entry(node: NodeId): Bytes {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const fresh = { received: 0, sent: 0 };
    this.#nodes.set(node, fresh);
    return fresh;
  }
}

/** The same network, whose bytes are counted. */
export function counted(network: Network, traffic: Traffic): Network {
  const countedChannel = (node: NodeId, protocol: string, channel: FrameChannel): FrameChannel => {
    const kind = protocol.split('/').at(-2) ?? protocol;
    return {
      read: async (signal) => {
        const frame = await channel.read(signal);
        traffic.received(node, kind, frame.length);
        return frame;
      },
      write: async (frame, signal) => {
        await channel.write(frame, signal);
        traffic.sent(node, kind, frame.length);
      },
      abort: (reason) => channel.abort(reason),
    };
  };
  return {
    start: () => network.start(),
    stop: () => network.stop(),
    addresses: () => network.addresses(),
    connected: () => network.connected(),
    addressesOf: (node) => network.addressesOf(node),
    onConnect: (listener) => network.onConnect(listener),
    disconnect: (node) => network.disconnect(node),
    open: async (node, protocol, signal) =>
      countedChannel(node, protocol, await network.open(node, protocol, signal)),
    serve: (protocol, handler) =>
      network.serve(protocol, (from, channel, signal) =>
        handler(from, countedChannel(from, protocol, channel), signal),
      ),
    subscribe: (topic, receive) =>
      network.subscribe(topic, (author, data) => {
        traffic.received(author, 'gossip', data.length);
        return receive(author, data);
      }),
    publish: async (topic, data) => {
      await network.publish(topic, data);
      traffic.published(data.length);
    },
  };
}
