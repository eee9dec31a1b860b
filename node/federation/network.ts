import type { FrameChannel } from '../../protocols/replication/index.ts';
import type { NodeId } from '../../vocab/record.ts';

/** What is to be done with a gossip message: passed on, dropped without blame, or dropped and the sender scored down. */
export type Verdict = 'accept' | 'ignore' | 'reject';

/**
 * What federation needs of a network: who is there, gossip by topic, and a stream of frames to one node. libp2p gives it
 * (`libp2p-network.ts`); a test gives its own, with the losses that it wants.
 */
export interface Network {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Where others reach this node, with its id: multiaddrs. Empty before `start`. */
  addresses(): string[];
  connected(): NodeId[];
  addressesOf(node: NodeId): string[];
  /** Called for each node that a connection was made with, by either side. */
  onConnect(listener: (node: NodeId) => void): void;
  /** A new stream to a connected node. */
  open(node: NodeId, signal: AbortSignal): Promise<FrameChannel>;
  /** Called for each stream that another node opens; the stream ends when the promise settles. */
  serve(handler: (from: NodeId, channel: FrameChannel, signal: AbortSignal) => Promise<void>): void;
  /** @param receive judges a message by its signed author and bytes; called once a message */
  subscribe(topic: string, receive: (author: NodeId, data: Uint8Array) => Promise<Verdict>): void;
  publish(topic: string, data: Uint8Array): Promise<void>;
  /** Ends all connections with a node; new ones are refused while `isRefused` says so. */
  disconnect(node: NodeId): Promise<void>;
}
