import type { Usage } from '../analysis/usage/index.ts';
import {
  createLibp2pNetwork,
  Federation,
  offlineNetwork,
  Reputation,
  type Network,
} from '../federation/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds the node's place in its network, and starts it. */
export async function startFederating(on: Foundation, { usage }: { usage: Usage }): Promise<Federation> {
  const { config, catalogue, metrics, clock, log, offline, onStop } = on;
  const reputation = new Reputation({ clock });
  const federation = new Federation({
    catalogue,
    network: offline ? offlineNetwork : libp2pNetwork(on, reputation),
    networkName: config.network,
    rules: config.follow,
    usage,
    reputation,
    registry: metrics,
    clock,
    log,
  });
  await federation.start();
  onStop(() => federation.stop());
  return federation;
}

function libp2pNetwork(
  { config, identity, store, base, clock, log }: Foundation,
  reputation: Reputation,
): Network {
  return createLibp2pNetwork({
    identity,
    section: store.section('federation'),
    networkName: config.network,
    host: config.p2p.host,
    port: config.p2p.port,
    bootstrap: config.p2p.bootstrap,
    mdns: config.p2p.mdns,
    colocationLimit: config.p2p.colocationLimit,
    privateAddresses: isLocal(new URL(base).hostname),
    isRefused: (node) => reputation.isRefused(node),
    clock,
    log,
  });
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}
