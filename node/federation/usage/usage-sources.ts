import type { ReplicationClient } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Network } from '../network/network.ts';
import type { Clients } from '../replication/clients.ts';

/** Whose usage is of interest, who may be asked for it, and when. */
export class UsageSources {
  readonly isFollowed: (node: NodeId) => boolean;
  /** Notes against a node what it sent. */
  readonly refuse: (node: NodeId, error: unknown) => void;
  readonly #network: Pick<Network, 'connected'>;
  readonly #clients: Clients;
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(options: {
    network: Pick<Network, 'connected'>;
    clients: Clients;
    isFollowed: (node: NodeId) => boolean;
    refuse: (node: NodeId, error: unknown) => void;
    clock: Clock;
    random: () => number;
  }) {
    this.isFollowed = options.isFollowed;
    this.refuse = options.refuse;
    this.#network = options.network;
    this.#clients = options.clients;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  client(node: NodeId): Promise<ReplicationClient> {
    return this.#clients.get(node);
  }

  isConnected(node: NodeId): boolean {
    return this.#network.connected().includes(node);
  }

  /** All that are connected, from any one of them on. */
  connected(): NodeId[] {
    const connected = this.#network.connected();
    const start = Math.floor(this.#random() * connected.length);
    return [...connected.slice(start), ...connected.slice(0, start)];
  }

  /** The pause between two rounds: so long on average, so that nodes do not keep step. Ends early, without an error, by the signal. */
  async pause(meanMs: number, signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(meanMs * (0.5 + this.#random()), signal).catch(() => undefined);
  }
}
