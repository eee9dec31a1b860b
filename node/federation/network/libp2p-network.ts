import './node-20.ts';
import { TopicValidatorResult, type Message } from '@libp2p/gossipsub';
import type { Libp2p, Listener, PeerId, Stream } from '@libp2p/interface';
import { peerIdFromString } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { MAX_FRAME_BYTES, type FrameChannel } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Section } from '../../store/index.ts';
import { AddressBook } from './address-book.ts';
import { FederationError } from '../errors.ts';
import { frameChannel } from './frame-channel.ts';
import { createHost, type HostOptions, type Services } from './libp2p-host.ts';
import type { Network, StreamHandler, Verdict } from './network.ts';
import { Rendezvous } from './rendezvous.ts';
import { WebSocketDoor, webSocketAddress, type WebSocketRequests } from './web-socket-door.ts';

export interface Libp2pNetworkOptions extends HostOptions {
  /** Where peers' addresses are kept over a restart. */
  section: Section;
  /** The networks to meet others of. */
  networks: readonly string[];
  /** Where other nodes may come in by WebSocket: the web server, and the base URL by which they reach it. */
  webSocket?: { requests: WebSocketRequests; base: string };
}

/** Who has been silent for so long sends to all that it is connected with; who speaks often, to its neighbours in the mesh. */
export const CALM_MS = 10_000;
const STREAMS_PER_PEER = 8;
const AUTHORS_KEPT = 2_000;
/** Of a frame with a question: 1,000 heads of names of the usual length are a third of it. */
const MOST_ASKED_BYTES = 1024 * 1024;
/** Where libp2p listens for WebSockets that came by the web server's port. */
const INNER = '/ip4/127.0.0.1/tcp/';
const INNER_ADDRESS = /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)\/ws/;
const verdicts: Record<Verdict, TopicValidatorResult> = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
};

/** The network over libp2p (`libp2p-host.ts`). */
export function createLibp2pNetwork(options: Libp2pNetworkOptions): Network {
  return new Libp2pNetwork(options);
}

class Libp2pNetwork implements Network {
  readonly #options: Libp2pNetworkOptions;
  readonly #log: Logger;
  readonly #validators = new Map<string, (author: NodeId, data: Uint8Array) => Promise<Verdict>>();
  readonly #connectListeners: ((node: NodeId) => void)[] = [];
  readonly #handlers = new Map<string, StreamHandler>();
  readonly #authors = new LRUCache<string, NodeId>({ max: AUTHORS_KEPT });
  /** When something was published last, by topic. */
  readonly #published = new Map<string, number>();
  #host: Libp2p<Services> | undefined;
  #addressBook: AddressBook | undefined;
  #rendezvous: Rendezvous | undefined;
  #door: WebSocketDoor | undefined;
  #innerPort: number | undefined;
  #abort = new AbortController();

  constructor(options: Libp2pNetworkOptions) {
    this.#options = options;
    this.#log = options.log.child({ part: 'libp2p' });
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    const { section, clock, networks, webSocket } = this.#options;
    const host = await this.#createHost();
    this.#host = host;
    host.addEventListener('peer:connect', ({ detail }) => {
      for (const listener of this.#connectListeners) listener(detail.toString());
    });
    if (webSocket !== undefined) {
      this.#door = new WebSocketDoor(webSocket);
      host.addEventListener('transport:listening', ({ detail }) => this.#lead(detail));
    }
    const { pubsub } = host.services;
    for (const [topic, judge] of this.#validators) {
      pubsub.topicValidators.set(topic, (_, message) => this.#judge(judge, message));
    }
    for (const [protocol, handler] of this.#handlers) {
      await host.handle(
        protocol,
        (stream, connection) => this.#accept(handler, stream, connection.remotePeer),
        {
          maxInboundStreams: STREAMS_PER_PEER,
          maxOutboundStreams: STREAMS_PER_PEER,
          runOnLimitedConnection: true,
        },
      );
    }
    try {
      await host.start();
    } catch (cause) {
      throw cannotListen(this.#options, cause);
    }
    for (const topic of this.#validators.keys()) pubsub.subscribe(topic);
    const { isRefused, isTrusted, bootstrap } = this.#options;
    const addressBook = new AddressBook({
      host,
      section,
      clock,
      log: this.#log,
      isRefused,
      isTrusted,
      isNamed: (node) => bootstrap.some((address) => address.endsWith(`/p2p/${node}`)),
    });
    this.#addressBook = addressBook;
    this.#rendezvous = new Rendezvous({
      host,
      networks,
      onFound: (node, addresses) => addressBook.hear(node, addresses),
      clock,
      log: this.#log,
    });
    await addressBook.start();
    this.#rendezvous.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#door?.close();
    await this.#rendezvous?.stop();
    await this.#addressBook?.stop();
    await this.#host?.stop();
  }

  addresses(): string[] {
    return this.#host?.getMultiaddrs().map(String) ?? [];
  }

  connected(): NodeId[] {
    return this.#host?.getPeers().map(String) ?? [];
  }

  addressesOf(node: NodeId): string[] {
    const connections = this.#host?.getConnections(peerIdFromString(node)) ?? [];
    return [...new Set(connections.map(({ remoteAddr }) => remoteAddr.toString()))];
  }

  onConnect(listener: (node: NodeId) => void): void {
    this.#connectListeners.push(listener);
  }

  async open(node: NodeId, protocol: string, signal: AbortSignal): Promise<FrameChannel> {
    const peer = peerIdFromString(node);
    const connections = this.#host?.getConnections(peer) ?? [];
    // A relayed connection does where there is no other. Without any, the host finds out where the node is reached.
    const connection =
      connections.find(({ limits }) => limits === undefined) ??
      connections[0] ??
      (await this.#host?.dial(peer, { signal }));
    if (connection === undefined) {
      throw new FederationError('FEDERATION_NOT_CONNECTED', `There is no connection to ${node}.`);
    }
    return frameChannel(
      await connection.newStream(protocol, { signal, runOnLimitedConnection: true }),
      MAX_FRAME_BYTES,
    );
  }

  serve(protocol: string, handler: StreamHandler): void {
    this.#handlers.set(protocol, handler);
  }

  subscribe(topic: string, receive: (author: NodeId, data: Uint8Array) => Promise<Verdict>): void {
    this.#validators.set(topic, receive);
  }

  async publish(topic: string, data: Uint8Array): Promise<void> {
    const now = this.#options.clock.steady();
    const floodPublish = now - (this.#published.get(topic) ?? -Infinity) >= CALM_MS;
    this.#published.set(topic, now);
    await this.#host?.services.pubsub.publish(topic, data, { floodPublish });
  }

  async disconnect(node: NodeId): Promise<void> {
    await this.#host?.hangUp(peerIdFromString(node));
  }

  #accept(handler: StreamHandler, stream: Stream, remote: PeerId): void {
    handler(remote.toString(), frameChannel(stream, MOST_ASKED_BYTES), this.#abort.signal).then(
      () => stream.close().catch(() => undefined),
      (error: unknown) => stream.abort(error as Error),
    );
  }

  async #judge(
    judge: (author: NodeId, data: Uint8Array) => Promise<Verdict>,
    message: Message,
  ): Promise<TopicValidatorResult> {
    if (message.type !== 'signed') return TopicValidatorResult.Reject;
    try {
      return verdicts[await judge(this.#authorOf(message.from), message.data)];
    } catch (error) {
      this.#log.error({ err: error }, 'a gossip message could not be judged');
      return TopicValidatorResult.Ignore;
    }
  }

  /** Each message has its author as bytes, and to write those in base58 takes as long as to decrypt the message. */
  #authorOf(peer: PeerId): NodeId {
    const { bytes } = peer.toMultihash();
    const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const known = this.#authors.get(name);
    if (known !== undefined) return known;
    const node = peer.toString();
    this.#authors.set(name, node);
    return node;
  }

  async #createHost(): Promise<Libp2p<Services>> {
    const { webSocket } = this.#options;
    try {
      return await createHost(this.#options, {
        topics: [...this.#validators.keys()],
        webSocket: webSocket === undefined ? undefined : webSocketAddress(webSocket.base),
        isInner: (address) => address.toString().startsWith(`${INNER}${this.#innerPort}/`),
      });
    } catch (cause) {
      throw cannotListen(this.#options, cause);
    }
  }

  /** libp2p has a port for WebSockets now: the door leads there. */
  #lead(listener: Listener): void {
    for (const address of listener.getAddrs()) {
      const [, port] = INNER_ADDRESS.exec(address.toString()) ?? [];
      if (port === undefined) continue;
      this.#innerPort = Number(port);
      this.#door?.open(this.#innerPort);
    }
  }
}

function cannotListen(options: Libp2pNetworkOptions, cause: unknown): FederationError {
  for (const address of options.bootstrap) {
    try {
      multiaddr(address);
    } catch {
      return new FederationError('FEDERATION_BAD_BOOTSTRAP', `'${address}' is not a multiaddr.`, {
        remedy:
          'A bootstrap address looks like /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW…; `ngr status` of the other node prints it.',
        cause,
      });
    }
  }
  // libp2p tells all its attempts with their stacks; the operator needs the reason.
  const text = (cause as Error).message;
  const why = text.includes('EADDRINUSE') ? 'it is in use by another program' : text.split('\n', 1)[0];
  return new FederationError(
    'FEDERATION_CANNOT_LISTEN',
    `The node cannot listen for other nodes on ${options.host}, TCP port ${options.port}: ${why}.`,
    {
      remedy: 'Stop the other program, or name another port with --p2p-port (0 takes a free one).',
      cause,
    },
  );
}
