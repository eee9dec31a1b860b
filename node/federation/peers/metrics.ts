import { Counter, Gauge, type Registry } from 'prom-client';
import type { NodeId } from '../../../vocab/record.ts';
import type { PeerView } from './peer-view.ts';

/** Federation's figures that are counted where they arise, under the names that docs and dashboards know (docs/metrics.md). */
export interface FederationMetrics {
  announcementsSent: Counter;
  announcementsReceived: Counter<'verdict'>;
  entriesReceived: Counter;
  pagesReceived: Counter;
  bytes: Counter<'kind' | 'direction'>;
  refused: Counter<'code'>;
}

/** So many nodes have figures of their own: those furthest behind, of which the operator has to know. */
const NODES_SHOWN = 200;
const NAME_SHOWN = 80;

/** @param peers gives all nodes as they are now; asked once a scrape */
export function federationMetrics(registry: Registry, peers: () => readonly PeerView[]): FederationMetrics {
  stateOfPeers(registry, peers);
  const registers = [registry];
  return {
    announcementsSent: new Counter({
      name: 'ngr_announcements_sent_total',
      help: 'Announcements of the own head',
      registers,
    }),
    announcementsReceived: new Counter({
      name: 'ngr_announcements_received_total',
      help: 'Announcements that came by gossip, by what was done with them',
      labelNames: ['verdict'],
      registers,
    }),
    entriesReceived: new Counter({
      name: 'ngr_feed_entries_received_total',
      help: 'New feed entries that were checked and taken in',
      registers,
    }),
    pagesReceived: new Counter({
      name: 'ngr_catch_up_pages_total',
      help: 'Pages of feeds that were fetched and taken in, beside what came by gossip',
      registers,
    }),
    bytes: new Counter({
      name: 'ngr_peer_traffic_bytes_total',
      help: 'Bytes to and from other nodes, by what they are of and direction',
      labelNames: ['kind', 'direction'],
      registers,
    }),
    refused: new Counter({
      name: 'ngr_refused_total',
      help: 'What was refused of other nodes, by error code',
      labelNames: ['code'],
      registers,
    }),
  };
}

/** Gauges of the nodes as they are when somebody asks. The first sets all, so that nodes are put together once a scrape. */
function stateOfPeers(registry: Registry, peers: () => readonly PeerView[]): void {
  const registers = [registry];
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ): Gauge<Label> => new Gauge({ name, help, labelNames, registers });

  const connected = new Gauge({
    name: 'ngr_peers_connected',
    help: 'Nodes that a connection is open with',
    registers,
    collect: () => set(peers().filter(({ self }) => !self)),
  });
  const followed = gauge('ngr_feeds_followed', 'Feeds of other nodes that are followed');
  const incomplete = gauge('ngr_feeds_incomplete', 'Followed feeds of which not all is here');
  const lag = gauge(
    'ngr_feeds_lag_entries',
    'Entries that followed feeds are behind their newest heads, in all',
  );
  const forked = gauge(
    'ngr_feeds_quarantined',
    'Feeds in quarantine, since their nodes signed two histories',
  );
  const overQuota = gauge(
    'ngr_feeds_over_quota',
    'Feeds that are not followed, since they are more than their quota',
  );
  const cutOff = gauge('ngr_peers_cut_off', 'Nodes that are refused altogether for a while');
  const proofs = gauge('ngr_peers_proofs', 'Nodes, by what the domains of their base URLs say of them', [
    'proof',
  ]);
  const labels: ('node' | 'name')[] = ['node', 'name'];
  const of = `of one node; the ${NODES_SHOWN} followed ones furthest behind`;
  const nodeLag = gauge('ngr_feed_lag_entries', `Entries behind the newest head, ${of}`, labels);
  const nodeHead = gauge('ngr_feed_head_timestamp_seconds', `When the newest head was signed, ${of}`, labels);
  const nodeContact = gauge('ngr_peer_last_contact_timestamp_seconds', `Last contact, ${of}`, labels);
  const nodeReceived = gauge('ngr_peer_received_bytes', `Bytes received since the start, ${of}`, labels);
  const nodeSent = gauge('ngr_peer_sent_bytes', `Bytes sent since the start, ${of}`, labels);

  function set(others: readonly PeerView[]): void {
    const feeds = others.filter((peer) => peer.followed);
    connected.set(others.filter((peer) => peer.connected).length);
    followed.set(feeds.length);
    incomplete.set(feeds.filter(({ complete }) => !complete).length);
    lag.set(feeds.reduce((sum, peer) => sum + peer.lag, 0));
    forked.set(others.filter(({ why }) => why === 'two histories').length);
    overQuota.set(others.filter(({ why }) => why === 'over its quota').length);
    cutOff.set(others.filter((peer) => peer.cutOff).length);
    proofs.reset();
    for (const proof of ['proved', 'contradicted', 'unreachable', 'unchecked'] as const)
      proofs.set({ proof }, others.filter((peer) => peer.proof === proof).length);
    for (const one of [nodeLag, nodeHead, nodeContact, nodeReceived, nodeSent]) one.reset();
    for (const peer of furthestBehind(feeds)) {
      const labels = { node: shortId(peer.node), name: (peer.name ?? '').slice(0, NAME_SHOWN) };
      nodeLag.set(labels, peer.lag);
      if (peer.headTime !== undefined) nodeHead.set(labels, peer.headTime / 1_000);
      if (peer.lastContact !== undefined) nodeContact.set(labels, peer.lastContact / 1_000);
      nodeReceived.set(labels, peer.received);
      nodeSent.set(labels, peer.sent);
    }
  }
}

function furthestBehind(feeds: readonly PeerView[]): PeerView[] {
  return feeds
    .toSorted((a, b) => b.lag - a.lag || (a.lastContact ?? 0) - (b.lastContact ?? 0))
    .slice(0, NODES_SHOWN);
}

/** The end of a peer id, which is where peer ids differ. */
function shortId(node: NodeId): string {
  return node.slice(-8);
}
