import type { FrameChannel } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';

/** What is to be done with a gossip message: passed on, dropped without blame, or dropped and the sender scored down. */
export type Verdict = 'accept' | 'ignore' | 'reject';

/** Answers on a stream that another node opened, which ends when the promise settles. */
export type StreamHandler = (from: NodeId, channel: FrameChannel, signal: AbortSignal) => Promise<void>;

/**
 * What federation needs of a network: who is there, gossip by topic, and streams of frames to one node. libp2p gives it
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
  /** A new stream of a protocol to a node, which is called where there is no connection. */
  open(node: NodeId, protocol: string, signal: AbortSignal): Promise<FrameChannel>;
  /** Before `start`: who answers the streams of a protocol that other nodes open. */
  serve(protocol: string, handler: StreamHandler): void;
  /** @param receive judges a message by its signed author and bytes; called once a message */
  subscribe(topic: string, receive: (author: NodeId, data: Uint8Array) => Promise<Verdict>): void;
  publish(topic: string, data: Uint8Array): Promise<void>;
  /** Ends all connections with a node; new ones are refused while `isRefused` says so. */
  disconnect(node: NodeId): Promise<void>;
}
