import './promise-with-resolvers.ts';
import { bootstrap } from '@libp2p/bootstrap';
import {
  circuitRelayServer,
  circuitRelayTransport,
  type CircuitRelayService,
} from '@libp2p/circuit-relay-v2';
import { privateKeyFromRaw } from '@libp2p/crypto/keys';
import { gossipsub, type GossipSub, type Message, type PublishResult } from '@libp2p/gossipsub';
import { createPeerScoreParams, createTopicScoreParams } from '@libp2p/gossipsub/score';
import type { PublishOpts } from '@libp2p/gossipsub/types';
import { identify, type Identify } from '@libp2p/identify';
import type { Libp2p, PeerId } from '@libp2p/interface';
import { kadDHT, passthroughMapper, removePrivateAddressesMapper, type KadDHT } from '@libp2p/kad-dht';
import { mdns } from '@libp2p/mdns';
import { ping, type Ping } from '@libp2p/ping';
import { tcp } from '@libp2p/tcp';
import { webSockets } from '@libp2p/websockets';
import type { Multiaddr } from '@multiformats/multiaddr';
import { createLibp2p } from 'libp2p';
import type { Logger } from 'pino';
import { MAX_ANNOUNCEMENT_BYTES } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import type { Identity } from '../identity/index.ts';
import { mayDial } from './dialling.ts';
import { InboundLimits, MOST_CONNECTIONS } from './inbound-limits.ts';
import { PrivateNetwork } from './private-network.ts';
import { thriftyYamux } from './thrifty-yamux.ts';
import { provideWebSocket } from './web-socket-global.ts';
import { noiseInWholeWrites } from './whole-writes.ts';

export interface HostOptions {
  identity: Identity;
  /** Address and TCP port to listen on; port 0 takes a free one. */
  host: string;
  port: number;
  bootstrap: readonly string[];
  mdns: boolean;
  /** How many nodes may share one address before gossipsub scores them down; 0: any number (a test, a host behind NAT). */
  colocationLimit: number;
  /** Whether private and loopback addresses of others are believed: within one host or one institution. */
  privateAddresses: boolean;
  /** The addresses that others are told, in place of those on which the node listens. */
  announce?: readonly string[];
  /**
   * `client`: nobody can call the node, so it opens no port, and is called through those that relay. `server`: it relays
   * for such nodes.
   */
  relay?: 'off' | 'client' | 'server';
  /** Only who has this key is spoken with (`readNetworkKey`). */
  networkKey?: Uint8Array;
  /** Whether a node may not be connected with, for what it did. */
  isRefused: (node: NodeId) => boolean;
  /** Whether a node is proved, named by the operator, or followed already: there is room for it when strangers crowd in. */
  isTrusted: (node: NodeId) => boolean;
  clock: Clock;
  log: Logger;
}

/** gossipsub, with what its interface leaves out. */
export interface Gossip extends GossipSub {
  publish(topic: string, data?: Uint8Array, options?: PublishOpts): Promise<PublishResult>;
}

export type Services = {
  identify: Identify;
  ping: Ping;
  dht: KadDHT;
  pubsub: Gossip;
  relay?: CircuitRelayService;
};

/** Each ping is a stream of its own: they are a third of what an idle node does, and more. */
const PING_MS = 45_000;
/** A relayed connection carries so much for so long; then it is made anew, and what was on its way goes on. */
const RELAYED_BYTES = 1n << 30n;
const RELAYED_MS = 24 * 60 * 60_000;
/** For so many nodes one relays, and by so many relays one is reached. */
const RELAYED_NODES = 128;
const RELAYS = 2;

/**
 * How many neighbours each message is passed on to: wanted, least, most. By gossipsub's defaults (6, 4, 12) every change
 * would come six times and more; by these it comes twice, and what is lost on both ways is asked for within seconds.
 */
export const MESH = { D: 3, Dlo: 2, Dhi: 4, Dscore: 2, Dout: 1 } as const;
/** How many others, at the least, are told each second which messages are here: three seconds of ids, each to as many. */
export const LEAST_TOLD = 3;
/** Of an id's author, the last bytes of the key: nobody finds another one with the same. */
const AUTHOR_BYTES = 16;
/** Of the message's number, in an id. */
const NUMBER_BYTES = 8;
export const MESSAGE_ID_BYTES = AUTHOR_BYTES + NUMBER_BYTES;
/** A message below costs less than telling all neighbours that it is here. */
export const IDONTWANT_FROM = 16 * 1024;

/** What else the host is to be told. */
export interface HostParts {
  topics: readonly string[];
  /** The address by which the WebSocket door is reached from outside, where there is one. */
  webSocket: string | undefined;
  /** Addresses of this machine that are nobody else's business. */
  isInner: (address: Multiaddr) => boolean;
}

/** The libp2p host: TCP, WebSocket and relayed connections, Noise, yamux, gossipsub and a Kademlia DHT of the project's own. */
export async function createHost(options: HostOptions, parts: HostParts): Promise<Libp2p<Services>> {
  const { identity, bootstrap: list, privateAddresses, isRefused, clock, log } = options;
  const { announce = [], relay = 'off', networkKey } = options;
  const { topics, webSocket, isInner } = parts;
  const refuses = (peer: PeerId): boolean => isRefused(peer.toString());
  provideWebSocket();
  const closed = networkKey === undefined ? undefined : new PrivateNetwork({ key: networkKey, clock, log });
  const inbound = new InboundLimits({ ...options, connections: () => host.getConnections() });
  const host = await createLibp2p<Services>({
    start: false,
    privateKey: privateKeyFromRaw(identity.libp2pKeyBytes()),
    addresses: {
      listen: [
        ...(relay === 'client' ? Array<string>(RELAYS).fill('/p2p-circuit') : [listenAddress(options)]),
        ...(webSocket === undefined ? [] : ['/ip4/127.0.0.1/tcp/0/ws']),
      ],
      announce: announce.length === 0 || webSocket === undefined ? [...announce] : [...announce, webSocket],
      appendAnnounce: webSocket === undefined ? [] : [webSocket],
      announceFilter: (addresses) => addresses.filter((address) => !isInner(address)),
    },
    transports: [tcp(), webSockets(), circuitRelayTransport({ discoveryFilter: everyTime })],
    ...(closed === undefined ? {} : { connectionProtector: () => closed }),
    connectionEncrypters: [noiseInWholeWrites()],
    streamMuxers: [thriftyYamux(clock)],
    peerDiscovery: [
      ...(list.length > 0 ? [bootstrap({ list: [...list], timeout: 100 })] : []),
      ...(options.mdns ? [mdns({ serviceTag: 'ngr.local' })] : []),
    ],
    connectionManager: {
      // The defaults (5 a second, 10 at once) are met by a region behind one address after a power cut.
      inboundConnectionThreshold: 50,
      maxIncomingPendingConnections: 50,
      maxConnections: MOST_CONNECTIONS,
    },
    // Indexing may hold the event loop for some hundred milliseconds: that is no reason to drop a connection.
    connectionMonitor: { pingInterval: PING_MS, pingTimeout: { minTimeout: 20_000 } },
    connectionGater: {
      denyDialMultiaddr: async (address) =>
        !(await mayDial(address, { privateAddresses: privateAddresses || options.mdns, named: list })),
      denyDialPeer: refuses,
      denyInboundConnection: (connection) => inbound.refusesUnknown(connection),
      denyInboundEncryptedConnection: (peer, connection) => {
        closed?.secured(connection);
        return refuses(peer) || inbound.refuses(peer, connection);
      },
      denyOutboundEncryptedConnection: (peer, connection) => {
        closed?.secured(connection);
        return refuses(peer);
      },
      denyInboundRelayReservation: refuses,
      denyOutboundRelayedConnection: (from, to) => refuses(from) || refuses(to),
      denyInboundRelayedConnection: (_, remote) => refuses(remote),
    },
    services: {
      identify: identify(),
      ping: ping(),
      dht: kadDHT({
        protocol: '/ngr/kad/1.0.0',
        clientMode: relay === 'client',
        peerInfoMapper: privateAddresses ? passthroughMapper : removePrivateAddressesMapper,
      }),
      pubsub: gossip(options, topics),
      ...(relay === 'server'
        ? {
            relay: circuitRelayServer({
              reservations: {
                maxReservations: RELAYED_NODES,
                defaultDataLimit: RELAYED_BYTES,
                defaultDurationLimit: RELAYED_MS,
              },
            }),
          }
        : {}),
    },
  });
  return host;
}

function gossip({ colocationLimit }: HostOptions, topics: readonly string[]): ReturnType<typeof gossipsub> {
  return gossipsub({
    allowedTopics: [...topics],
    allowPublishToZeroTopicPeers: true,
    fallbackToFloodsub: false,
    runOnLimitedConnection: true,
    maxInboundDataLength: MAX_ANNOUNCEMENT_BYTES * 4,
    fastMsgIdFn: authorAndNumber,
    msgIdFn: shortId,
    ...MESH,
    Dlazy: LEAST_TOLD,
    idontwantMinDataSize: IDONTWANT_FROM,
    // Written once for all, and not once for each.
    batchPublish: true,
    scoreParams: createPeerScoreParams({
      topics: Object.fromEntries(topics.map((topic) => [topic, createTopicScoreParams(quietTopic)])),
      ...(colocationLimit === 0
        ? { IPColocationFactorWeight: 0 }
        : { IPColocationFactorThreshold: colocationLimit }),
      // Nodes on one machine are a test or a demo, not an attack.
      IPColocationFactorWhitelist: new Set(['127.0.0.1', '::1']),
    }),
  });
}

/** Tells that a message came before, so that its signature is checked once and not for every neighbour that sends it. */
function authorAndNumber({ from, seqno }: { from?: Uint8Array; seqno?: Uint8Array }): string {
  return `${latin1(seqno)} ${latin1(from)}`;
}

function latin1(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** An id goes to some neighbours a second, for three seconds: gossipsub's own is twice as long. */
function shortId(message: Message): Uint8Array {
  if (message.type !== 'signed') throw new TypeError('a message of gossip is signed');
  const id = Buffer.alloc(MESSAGE_ID_BYTES);
  id.set(message.from.toMultihash().bytes.subarray(-AUTHOR_BYTES));
  id.writeBigUInt64BE(message.sequenceNumber, AUTHOR_BYTES);
  return id;
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

/** A relay that comes again is asked again. */
const everyTime = { has: () => false, add: () => undefined, remove: () => undefined };

function listenAddress({ host, port }: HostOptions): string {
  return `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}/tcp/${port}`;
}
