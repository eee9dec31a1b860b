import type { Libp2p } from '@libp2p/interface';
import { peerIdFromString } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import type { Logger } from 'pino';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';

const ROUND_MS = 10_000;
const DIALS_A_ROUND = 20;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const ADDRESSES_KEPT = 8;
const NODES_KEPT = 5_000;

interface Contact {
  addresses: string[];
  /** Whether it was met once. Others are hearsay, and forgotten when they cannot be reached. */
  met: boolean;
  waitMs: number;
  nextDial: number;
}

/**
 * Where other nodes were last reached, kept over a restart, and the calling again of those that are not connected: so a
 * network comes together by itself after any node, the first one too, was away.
 *
 *     a!<node>   JSON list of multiaddrs
 */
export class AddressBook {
  readonly #host: Libp2p;
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #isRefused: (node: NodeId) => boolean;
  readonly #contacts = new Map<NodeId, Contact>();
  readonly #abort = new AbortController();
  /** Ends the pause between two rounds, when there is somebody new to call. */
  #heard = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: {
    host: Libp2p;
    section: Section;
    clock: Clock;
    log: Logger;
    isRefused: (node: NodeId) => boolean;
  }) {
    this.#host = options.host;
    this.#section = options.section;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#isRefused = options.isRefused;
  }

  async start(): Promise<void> {
    for await (const [key, value] of this.#section.iterator({ gt: 'a!', lt: 'a!~', limit: NODES_KEPT })) {
      const addresses = JSON.parse(Buffer.from(value).toString()) as string[];
      this.#contacts.set(key.slice(2), { addresses, met: true, waitMs: FIRST_WAIT_MS, nextDial: 0 });
    }
    // libp2p tells of nodes that multicast DNS or the DHT found, but calls none of them.
    this.#host.addEventListener('peer:discovery', ({ detail }) => {
      this.#hear(detail.id.toString(), detail.multiaddrs.map(String));
    });
    this.#host.addEventListener('peer:identify', ({ detail }) => {
      // Who speaks another protocol than ours is met in the DHT, and is not to be called again.
      if (!detail.protocols.some((protocol) => protocol.startsWith('/ngr/'))) return;
      const dialled = detail.connection.direction === 'outbound' ? [detail.connection.remoteAddr] : [];
      const addresses = [...dialled, ...detail.listenAddrs].map((address) => withoutPeer(address.toString()));
      this.#note(detail.peerId.toString(), [...new Set(addresses)].slice(0, ADDRESSES_KEPT));
    });
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  #note(node: NodeId, addresses: string[]): void {
    const known = this.#contacts.get(node);
    if (known === undefined && this.#contacts.size >= NODES_KEPT) return;
    this.#contacts.set(node, { addresses, met: true, waitMs: FIRST_WAIT_MS, nextDial: 0 });
    if (known !== undefined && known.addresses.join() === addresses.join()) return;
    this.#section
      .put(`a!${node}`, Buffer.from(JSON.stringify(addresses)))
      .catch((error: unknown) => this.#log.warn({ err: error, node }, 'a peer’s address could not be kept'));
  }

  #hear(node: NodeId, found: readonly string[]): void {
    if (this.#contacts.has(node) || this.#contacts.size >= NODES_KEPT || found.length === 0) return;
    const addresses = found.map(withoutPeer).slice(0, ADDRESSES_KEPT);
    this.#contacts.set(node, { addresses, met: false, waitMs: FIRST_WAIT_MS, nextDial: 0 });
    this.#heard.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const end = (): void => this.#heard.abort();
    signal.addEventListener('abort', end, { once: true });
    while (!signal.aborted) {
      this.#heard = new AbortController();
      await Promise.all(this.#due().map(([node, contact]) => this.#dial(node, contact)));
      if (!signal.aborted) await this.#clock.sleep(ROUND_MS, this.#heard.signal).catch(() => undefined);
    }
  }

  #due(): [NodeId, Contact][] {
    const connected = new Set(this.#host.getPeers().map(String));
    const now = this.#clock.now();
    return (
      [...this.#contacts]
        .filter(([node, { nextDial }]) => nextDial <= now && !connected.has(node) && !this.#isRefused(node))
        // Who waited longest comes first: else those who are gone for good would keep the later ones from their turn.
        .sort(([, a], [, b]) => a.nextDial - b.nextDial)
        .slice(0, DIALS_A_ROUND)
    );
  }

  async #dial(node: NodeId, contact: Contact): Promise<void> {
    try {
      const peer = peerIdFromString(node);
      const addresses = contact.addresses.map((address) => multiaddr(`${address}/p2p/${node}`));
      await this.#host.peerStore.merge(peer, { multiaddrs: addresses });
      await this.#host.dial(peer, {
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(ROUND_MS)]),
      });
      contact.waitMs = FIRST_WAIT_MS;
    } catch (error) {
      if (!contact.met) this.#contacts.delete(node);
      contact.nextDial = this.#clock.now() + contact.waitMs;
      contact.waitMs = Math.min(contact.waitMs * 2, LONGEST_WAIT_MS);
      this.#log.debug({ err: error, node }, 'a node could not be reached');
    }
  }
}

function withoutPeer(address: string): string {
  return address.replace(/\/p2p\/[^/]+$/, '');
}
