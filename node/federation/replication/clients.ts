import { REPLICATION_PROTOCOL, ReplicationClient } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Network } from '../network/network.ts';

const OPEN_TIMEOUT_MS = 10_000;

/** One open replication stream to each node that is asked for something, opened when it is needed. */
export class Clients {
  readonly #network: Network;
  readonly #timeoutMs: number | undefined;
  readonly #signal: () => AbortSignal;
  readonly #clients = new Map<NodeId, Promise<ReplicationClient>>();

  /** @param options.signal aborted when no stream is to be opened any more */
  constructor(options: { network: Network; answerTimeoutMs: number | undefined; signal: () => AbortSignal }) {
    this.#network = options.network;
    this.#signal = options.signal;
    this.#timeoutMs = options.answerTimeoutMs;
  }

  async get(node: NodeId): Promise<ReplicationClient> {
    this.#signal().throwIfAborted();
    const open = this.#clients.get(node);
    if (open !== undefined) {
      const client = await open.catch(() => undefined);
      if (client !== undefined && !client.ended) return client;
      if (this.#clients.get(node) !== open) return await this.get(node);
    }
    const opening = this.#network
      .open(
        node,
        REPLICATION_PROTOCOL,
        AbortSignal.any([this.#signal(), AbortSignal.timeout(OPEN_TIMEOUT_MS)]),
      )
      .then((channel) => new ReplicationClient(channel, this.#timeoutMs));
    this.#clients.set(node, opening);
    try {
      return await opening;
    } catch (error) {
      if (this.#clients.get(node) === opening) this.#clients.delete(node);
      throw error;
    }
  }

  /** Ends the stream to a node, or all of them. */
  end(node?: NodeId): void {
    for (const [key, opening] of this.#clients) {
      if (node !== undefined && key !== node) continue;
      this.#clients.delete(key);
      opening.then(
        (client) => client.end(),
        () => undefined,
      );
    }
  }
}
