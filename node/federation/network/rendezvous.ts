import { createHash } from 'node:crypto';
import type { Libp2p } from '@libp2p/interface';
import type { Multiaddr } from '@multiformats/multiaddr';
import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';
import type { Logger } from 'pino';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';

const FIRST_MS = 5_000;
const ROUND_MS = 10 * 60_000;
const QUERY_MS = 60_000;
const RAW = 0x55;
const SHA2_256 = 0x12;
const FOUND_A_ROUND = 50;

/**
 * Finds the other nodes of its networks in the DHT: each provides the rendezvous key of each, the CID (raw, sha2-256) of
 * `/ngr/network/<name>`, and looks from time to time who else does.
 */
export class Rendezvous {
  readonly #host: Libp2p;
  readonly #keys: readonly CID[];
  readonly #onFound: (node: NodeId, addresses: readonly Multiaddr[]) => void;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: {
    host: Libp2p;
    networks: readonly string[];
    /** Told of each node that the DHT says is of a network, which is no more than somebody's word. */
    onFound: (node: NodeId, addresses: readonly Multiaddr[]) => void;
    clock: Clock;
    log: Logger;
  }) {
    this.#host = options.host;
    this.#onFound = options.onFound;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#keys = options.networks.map((network) => {
      const hash = createHash('sha256').update(`/ngr/network/${network}`).digest();
      return CID.createV1(RAW, Digest.create(SHA2_256, hash));
    });
  }

  start(): void {
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(stop: AbortSignal): Promise<void> {
    await this.#clock.sleep(FIRST_MS, stop).catch(() => undefined);
    while (!stop.aborted) {
      // With nobody connected there is no DHT to ask: sooner again than after a full round.
      const alone = this.#host.getPeers().length === 0;
      if (!alone) {
        for (const key of this.#keys)
          await this.#round(key, AbortSignal.any([stop, AbortSignal.timeout(QUERY_MS)]));
      }
      await this.#clock.sleep(alone ? FIRST_MS : ROUND_MS, stop).catch(() => undefined);
    }
  }

  async #round(key: CID, signal: AbortSignal): Promise<void> {
    try {
      await this.#host.contentRouting.provide(key, { signal });
      let found = 0;
      for await (const provider of this.#host.contentRouting.findProviders(key, { signal })) {
        if (++found > FOUND_A_ROUND) break;
        if (provider.id.equals(this.#host.peerId) || this.#host.getConnections(provider.id).length > 0)
          continue;
        this.#onFound(provider.id.toString(), provider.multiaddrs);
      }
    } catch (error) {
      if (!signal.aborted) this.#log.debug({ err: error }, 'the DHT gave no answer');
    }
  }
}
