import { Counter, Gauge, type Registry } from 'prom-client';

/** Federation's figures, under the names that docs and dashboards know. */
export interface FederationMetrics {
  announcementsSent: Counter;
  announcementsReceived: Counter<'verdict'>;
  entriesReceived: Counter;
  refused: Counter<'code'>;
}

export function federationMetrics(
  registry: Registry,
  now: { connected: () => number; followed: () => number; lag: () => number },
): FederationMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  gauge('ngr_peers_connected', 'Nodes that a connection is open with', now.connected);
  gauge('ngr_feeds_followed', 'Feeds of other nodes that are kept here', now.followed);
  gauge(
    'ngr_feeds_lag_entries',
    'Entries that followed feeds are behind their newest heads, in all',
    now.lag,
  );
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
    refused: new Counter({
      name: 'ngr_refused_total',
      help: 'What was refused of other nodes, by error code',
      labelNames: ['code'],
      registers,
    }),
  };
}
