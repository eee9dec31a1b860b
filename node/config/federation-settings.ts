import { z } from 'zod';
import { MAX_NETWORKS } from '../../protocols/heads/index.ts';
import {
  announcedAddress,
  listOf,
  matching,
  networkName,
  nodeId,
  number,
  oneOf,
  path,
  peerAddress,
  text,
  wholeNumber,
  yesOrNo,
} from './values.ts';

/** The side towards other nodes. */
export const p2pSettings = z.strictObject({
  host: text().default('0.0.0.0').describe('Address to listen on for other nodes.'),
  port: wholeNumber(0, 65_535)
    .default(4001)
    .describe('Port for other nodes (libp2p, TCP); 0 takes a free one.'),
  bootstrap: listOf(peerAddress(), 'a list of libp2p addresses')
    .default([])
    .describe('Nodes to join the network through, as they print them when they start.'),
  mdns: yesOrNo().default(true).describe('Find nodes on the local network by multicast DNS.'),
  colocationLimit: wholeNumber(0, 10_000)
    .default(10)
    .describe(
      'How many nodes may stand behind one IP address before gossip turns them down; 0 is no limit. For networks behind one NAT or one relay.',
    ),
  announce: listOf(announcedAddress(), 'a list of libp2p addresses', 20)
    .default([])
    .describe(
      'Addresses by which others reach the node, in place of those on which it listens: behind port forwarding, or in a container.',
    ),
  webSocket: yesOrNo()
    .default(false)
    .describe(
      'Let other nodes in by WebSocket on the port of the web pages too, and tell them so. For nodes of which a firewall leaves the HTTPS port only; the reverse proxy has to pass WebSockets at / on.',
    ),
  relay: oneOf(['off', 'client', 'server'])
    .default('off')
    .describe(
      '"client" for a node that nobody can call: it opens no port, and is called through nodes that relay. "server" relays for such nodes.',
    ),
  privateNetworkKey: path()
    .exactOptional()
    .describe(
      'File with the key of a private network: only nodes that have the same are spoken with. "ngr init --private-network" makes one.',
    ),
});

/** Where the institution is. */
export const locationSettings = z.strictObject({
  country: matching(/^[A-Z]{2}$/, 'a country of two letters (ISO 3166-1) such as "BR"').describe(
    'Country, two letters (ISO 3166-1 alpha-2).',
  ),
  latitude: number(-90, 90).exactOptional().describe('Degrees north of the equator (WGS 84).'),
  longitude: number(-180, 180).exactOptional().describe('Degrees east of Greenwich (WGS 84).'),
});

/** Whose records are replicated. */
export const followSettings = z.strictObject({
  mode: oneOf(['network', 'listed'])
    .default('network')
    .describe(
      '"network" follows every node of the networks that is not denied; "listed" only the allowed ones.',
    ),
  networks: listOf(networkName(), 'a list of names of networks', MAX_NETWORKS)
    .exactOptional()
    .describe(
      'Of the networks that the node is part of, those whose nodes are followed. Without it, all of them.',
    ),
  proof: oneOf(['required', 'shown'])
    .default('required')
    .describe(
      'Whether a node is followed only when the domain of its base URL names it as its own ("required"), or also without ("shown": /peers tells). Nodes on the allow list need no proof.',
    ),
  allow: listOf(nodeId(), 'a list of node ids').default([]).describe('Nodes that are always followed.'),
  deny: listOf(nodeId(), 'a list of node ids').default([]).describe('Nodes that are never followed.'),
  replacedAfterHours: wholeNumber(0, 8_760)
    .default(24)
    .describe(
      'Where a node has lost its key: for how many hours its domain has to name another one before that one is followed in its place.',
    ),
  quota: z
    .strictObject({
      records: wholeNumber(1, 1_000_000_000)
        .default(5_000_000)
        .describe('Records and tombstones that are kept of one node, at the most.'),
      megabytes: wholeNumber(1, 1_000_000_000)
        .default(50_000)
        .describe('Megabytes of records that are kept of one node, at the most.'),
      entriesPerSecond: wholeNumber(1, 1_000_000)
        .default(20_000)
        .describe('Changes that are taken in of one node in a second, over a minute.'),
    })
    .prefault({})
    .describe('How much of one node is kept.'),
});
