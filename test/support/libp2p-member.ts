import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { systemClock } from '../../node/clock.ts';
import {
  createLibp2pNetwork,
  Federation,
  Reputation,
  type Libp2pNetworkOptions,
  type Network,
} from '../../node/federation/index.ts';
import { aCatalogue, silentLog, type TestCatalogue } from './test-catalogue.ts';
import { noProofs, noUsage } from './test-network.ts';

/** A catalogue and its federation over libp2p, on loopback. */
export interface Libp2pMember extends TestCatalogue {
  network: Network;
  federation: Federation;
  reputation: Reputation;
}

/** @param test the catalogue of a member that was stopped; a new one where there is none */
export async function aLibp2pMember(
  name: string,
  options: Partial<Libp2pNetworkOptions> = {},
  test?: TestCatalogue,
): Promise<Libp2pMember> {
  const own = test ?? (await aCatalogue({ base: `https://${name}.example`, clock: systemClock }));
  const log: Logger = options.log ?? silentLog;
  const reputation = new Reputation({ clock: systemClock });
  const network = createLibp2pNetwork({
    identity: own.identity,
    section: own.store.section('federation'),
    networks: ['test'],
    host: '127.0.0.1',
    port: 0,
    bootstrap: [],
    mdns: false,
    colocationLimit: 10,
    privateAddresses: true,
    isRefused: (node) => reputation.isRefused(node),
    isTrusted: () => false,
    clock: systemClock,
    log,
    ...options,
  });
  const federation = new Federation({
    catalogue: own.catalogue,
    network,
    networks: ['test'],
    rules: { mode: 'network', networks: ['test'], proof: 'shown', allow: [], deny: [] },
    quota: { records: 1e9, megabytes: 1e6, entriesPerSecond: 1e6 },
    proofs: noProofs,
    section: own.store.section('forks'),
    usage: noUsage,
    reputation,
    registry: new Registry(),
    clock: systemClock,
    log,
  });
  await federation.start();
  return { ...own, network, federation, reputation };
}

/** Whether `a` has all of the feed of `b`. */
export function hasAllOf(a: Libp2pMember, b: Libp2pMember): boolean {
  return a.catalogue.feeds.state(b.catalogue.node)?.head?.setDigest === b.catalogue.head.setDigest;
}
