import './promise-with-resolvers.ts';
import { noise } from '@chainsafe/libp2p-noise';
import { bootstrap } from '@libp2p/bootstrap';
import { privateKeyFromRaw } from '@libp2p/crypto/keys';
import { gossipsub, TopicValidatorResult, type GossipSub, type Message } from '@libp2p/gossipsub';
import { createPeerScoreParams, createTopicScoreParams } from '@libp2p/gossipsub/score';
import { identify, type Identify } from '@libp2p/identify';
import type { Libp2p, PeerId, Stream } from '@libp2p/interface';
import { kadDHT, passthroughMapper, removePrivateAddressesMapper, type KadDHT } from '@libp2p/kad-dht';
import { mdns } from '@libp2p/mdns';
import { peerIdFromString } from '@libp2p/peer-id';
import { ping, type Ping } from '@libp2p/ping';
import { tcp } from '@libp2p/tcp';
import { InvalidDataLengthError, InvalidDataLengthLengthError, isPrivate, lpStream } from '@libp2p/utils';
import { yamux } from '@libp2p/yamux';
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr';
import { createLibp2p } from 'libp2p';
import type { Logger } from 'pino';
import { MAX_ANNOUNCEMENT_BYTES } from '../../protocols/heads/index.ts';
import {
  MAX_FRAME_BYTES,
  REPLICATION_PROTOCOL,
  ReplicationError,
  type FrameChannel,
} from '../../protocols/replication/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import type { Identity } from '../identity/index.ts';
import type { Section } from '../store/index.ts';
import { AddressBook } from './address-book.ts';
import { FederationError } from './errors.ts';
import type { Network, Verdict } from './network.ts';
import { Rendezvous } from './rendezvous.ts';

export interface Libp2pNetworkOptions {
  identity: Identity;
  /** Where peers' addresses are kept over a restart. */
  section: Section;
  /** The networks to meet others of. */
  networks: readonly string[];
  /** Address and TCP port to listen on; port 0 takes a free one. */
  host: string;
  port: number;
  bootstrap: readonly string[];
  mdns: boolean;
  /** How many nodes may share one address before gossipsub scores them down; 0: any number (a test, a host behind NAT). */
  colocationLimit: number;
  /** Whether private and loopback addresses of others are believed: within one host or one institution. */
  privateAddresses: boolean;
  /** Whether a node may not be connected with, for what it did. */
  isRefused: (node: NodeId) => boolean;
  clock: Clock;
  log: Logger;
}

type Services = { identify: Identify; ping: Ping; dht: KadDHT; pubsub: GossipSub };

const STREAMS_PER_PEER = 8;
const verdicts: Record<Verdict, TopicValidatorResult> = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
};

/** The network over libp2p: TCP, Noise, yamux, gossipsub and a Kademlia DHT of the project's own. */
export function createLibp2pNetwork(options: Libp2pNetworkOptions): Network {
  return new Libp2pNetwork(options);
}

class Libp2pNetwork implements Network {
  readonly #options: Libp2pNetworkOptions;
  readonly #log: Logger;
  readonly #validators = new Map<string, (author: NodeId, data: Uint8Array) => Promise<Verdict>>();
  readonly #connectListeners: ((node: NodeId) => void)[] = [];
  #serveStream: ((from: NodeId, channel: FrameChannel, signal: AbortSignal) => Promise<void>) | undefined;
  #host: Libp2p<Services> | undefined;
  #addressBook: AddressBook | undefined;
  #rendezvous: Rendezvous | undefined;
  #abort = new AbortController();

  constructor(options: Libp2pNetworkOptions) {
    this.#options = options;
    this.#log = options.log.child({ part: 'libp2p' });
  }

  async start(): Promise<void> {
    this.#abort = new AbortController();
    const { section, clock, networks } = this.#options;
    const host = await this.#createHost();
    this.#host = host;
    host.addEventListener('peer:connect', ({ detail }) => {
      for (const listener of this.#connectListeners) listener(detail.toString());
    });
    const { pubsub } = host.services;
    for (const [topic, judge] of this.#validators) {
      pubsub.topicValidators.set(topic, (_, message) => this.#judge(judge, message));
    }
    await host.handle(
      REPLICATION_PROTOCOL,
      (stream, connection) => this.#accept(stream, connection.remotePeer),
      {
        maxInboundStreams: STREAMS_PER_PEER,
        maxOutboundStreams: STREAMS_PER_PEER,
      },
    );
    try {
      await host.start();
    } catch (cause) {
      throw cannotListen(this.#options, cause);
    }
    for (const topic of this.#validators.keys()) pubsub.subscribe(topic);
    this.#addressBook = new AddressBook({
      host,
      section,
      clock,
      log: this.#log,
      isRefused: this.#options.isRefused,
    });
    this.#rendezvous = new Rendezvous({ host, networks, clock, log: this.#log });
    await this.#addressBook.start();
    this.#rendezvous.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
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

  async open(node: NodeId, signal: AbortSignal): Promise<FrameChannel> {
    const connection = this.#host?.getConnections(peerIdFromString(node))[0];
    if (connection === undefined) {
      throw new FederationError('FEDERATION_NOT_CONNECTED', `There is no connection to ${node}.`);
    }
    return asChannel(await connection.newStream(REPLICATION_PROTOCOL, { signal }));
  }

  serve(handler: (from: NodeId, channel: FrameChannel, signal: AbortSignal) => Promise<void>): void {
    this.#serveStream = handler;
  }

  subscribe(topic: string, receive: (author: NodeId, data: Uint8Array) => Promise<Verdict>): void {
    this.#validators.set(topic, receive);
  }

  async publish(topic: string, data: Uint8Array): Promise<void> {
    await this.#host?.services.pubsub.publish(topic, data);
  }

  async disconnect(node: NodeId): Promise<void> {
    await this.#host?.hangUp(peerIdFromString(node));
  }

  #accept(stream: Stream, remote: PeerId): void {
    const channel = asChannel(stream);
    const served = this.#serveStream?.(remote.toString(), channel, this.#abort.signal) ?? Promise.resolve();
    served.then(
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
      return verdicts[await judge(message.from.toString(), message.data)];
    } catch (error) {
      this.#log.error({ err: error }, 'a gossip message could not be judged');
      return TopicValidatorResult.Ignore;
    }
  }

  /** Private addresses come from other nodes' word: they are called only where such a network is meant. */
  #mayDial(address: Multiaddr): boolean {
    const { privateAddresses, mdns: localNetwork, bootstrap: list } = this.#options;
    if (privateAddresses || localNetwork || !isPrivate(address)) return true;
    return list.some((known) => known.startsWith(address.toString().replace(/\/p2p\/.*$/, '')));
  }

  async #createHost(): Promise<Libp2p<Services>> {
    const { identity, bootstrap: list, colocationLimit, privateAddresses, isRefused } = this.#options;
    const refuses = (peer: PeerId): boolean => isRefused(peer.toString());
    const topics = [...this.#validators.keys()];
    try {
      return await createLibp2p<Services>({
        start: false,
        privateKey: privateKeyFromRaw(identity.libp2pKeyBytes()),
        addresses: { listen: [listenAddress(this.#options)] },
        transports: [tcp()],
        connectionEncrypters: [noise()],
        streamMuxers: [yamux()],
        peerDiscovery: [
          ...(list.length > 0 ? [bootstrap({ list: [...list], timeout: 100 })] : []),
          ...(this.#options.mdns ? [mdns({ serviceTag: 'ngr.local' })] : []),
        ],
        connectionManager: {
          // The defaults (5 a second, 10 at once) are met by a region behind one address after a power cut.
          inboundConnectionThreshold: 50,
          maxIncomingPendingConnections: 50,
          maxConnections: 500,
        },
        // Indexing may hold the event loop for some hundred milliseconds: that is no reason to drop a connection.
        connectionMonitor: { pingInterval: 30_000, pingTimeout: { minTimeout: 20_000 } },
        connectionGater: {
          denyDialMultiaddr: (address) => !this.#mayDial(address),
          denyDialPeer: refuses,
          denyInboundEncryptedConnection: refuses,
        },
        services: {
          identify: identify(),
          ping: ping(),
          dht: kadDHT({
            protocol: '/ngr/kad/1.0.0',
            clientMode: false,
            peerInfoMapper: privateAddresses ? passthroughMapper : removePrivateAddressesMapper,
          }),
          pubsub: gossipsub({
            allowedTopics: topics,
            allowPublishToZeroTopicPeers: true,
            fallbackToFloodsub: false,
            maxInboundDataLength: MAX_ANNOUNCEMENT_BYTES * 4,
            scoreParams: createPeerScoreParams({
              topics: Object.fromEntries(topics.map((topic) => [topic, createTopicScoreParams(quietTopic)])),
              ...(colocationLimit === 0
                ? { IPColocationFactorWeight: 0 }
                : { IPColocationFactorThreshold: colocationLimit }),
              // Nodes on one machine are a test or a demo, not an attack.
              IPColocationFactorWhitelist: new Set(['127.0.0.1', '::1']),
            }),
          }),
        },
      });
    } catch (cause) {
      throw cannotListen(this.#options, cause);
    }
  }
}

/** Scores for topics on which a node may be silent for hours: silence costs nothing, a forged message much. */
const quietTopic = {
  topicWeight: 1,
  timeInMeshWeight: 0.01,
  firstMessageDeliveriesWeight: 0.5,
  firstMessageDeliveriesCap: 50,
  meshMessageDeliveriesWeight: 0,
  meshFailurePenaltyWeight: 0,
  invalidMessageDeliveriesWeight: -20,
  invalidMessageDeliveriesDecay: 0.9,
};

function listenAddress({ host, port }: Libp2pNetworkOptions): string {
  return `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}/tcp/${port}`;
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

function asChannel(stream: Stream): FrameChannel {
  const frames = lpStream(stream, {
    maxDataLength: MAX_FRAME_BYTES,
    maxBufferSize: MAX_FRAME_BYTES + 64 * 1024,
  });
  return {
    read: async (signal) => {
      try {
        return (await frames.read({ signal })).subarray();
      } catch (cause) {
        const tooLong =
          cause instanceof InvalidDataLengthError || cause instanceof InvalidDataLengthLengthError;
        if (!tooLong) throw cause;
        throw new ReplicationError('REPLICATION_BAD_FRAME', `A frame is refused: ${cause.message}.`, {
          cause,
        });
      }
    },
    write: (frame, signal) => frames.write(frame, { signal }),
    abort: (reason) => stream.abort(reason),
  };
}
