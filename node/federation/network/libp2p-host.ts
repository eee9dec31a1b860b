import './node-20.ts';
import { bootstrap } from '@libp2p/bootstrap';
import {
  circuitRelayServer,
  circuitRelayTransport,
  type CircuitRelayService,
} from '@libp2p/circuit-relay-v2';
import { privateKeyFromRaw } from '@libp2p/crypto/keys';
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
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Identity } from '../../identity/index.ts';
import { mayDial } from './dialling.ts';
import { gossip, type Gossip } from './gossip.ts';
import { InboundLimits, MOST_CONNECTIONS } from './inbound-limits.ts';
import { PrivateNetwork } from './private-network.ts';
import { thriftyYamux } from './thrifty-yamux.ts';
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

export type Services = {
  identify: Identify;
  ping: Ping;
  dht: KadDHT;
  pubsub: Gossip;
  relay?: CircuitRelayService;
};

/** Each ping is a stream of its own: they are a third of what an idle node does, and more. */
export const PING_MS = 45_000;
/** A relayed connection carries so much for so long; then it is made anew, and what was on its way goes on. */
const RELAYED_BYTES = 1n << 30n;
const RELAYED_MS = 24 * 60 * 60_000;
/** For so many nodes one relays, and by so many relays one is reached. */
const RELAYED_NODES = 128;
const RELAYS = 2;

/** What else the host is to be told. */
interface HostParts {
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
      pubsub: gossip(topics, options),
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

/** A relay that comes again is asked again. */
const everyTime = { has: () => false, add: () => undefined, remove: () => undefined };

function listenAddress({ host, port }: HostOptions): string {
  return `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}/tcp/${port}`;
}
