import { SignatureVerifier } from '../../protocols/heads/index.ts';
import type { Usage } from '../analysis/usage/index.ts';
import {
  createLibp2pNetwork,
  DomainProofs,
  Federation,
  offlineNetwork,
  Reputation,
  type Network,
} from '../federation/index.ts';
import { guardedFetch, type Fetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds the node's place in its networks, and starts it. */
export async function startFederating(on: Foundation, { usage }: { usage: Usage }): Promise<Federation> {
  const { config, catalogue, store, metrics, clock, log, offline, onStop } = on;
  const reputation = new Reputation({ clock });
  const proofs = new DomainProofs({
    section: store.section('domain-proofs'),
    fetch: proofFetch(on),
    verifier: new SignatureVerifier(),
    clock,
    log,
  });
  const federation = new Federation({
    catalogue,
    network: offline ? offlineNetwork : libp2pNetwork(on, reputation),
    networks: config.networks,
    rules: { ...config.follow, networks: config.follow.networks ?? config.networks },
    quota: config.follow.quota,
    proofs,
    section: store.section('forks'),
    usage,
    reputation,
    registry: metrics,
    clock,
    log,
  });
  await proofs.start({ asks: !offline });
  onStop(() => proofs.stop());
  await federation.start();
  onStop(() => federation.stop());
  return federation;
}

/** Other nodes' domains lie in the public Internet, except where this node itself is only known on this machine. */
function proofFetch({ base, userAgent }: Foundation): Fetch {
  const guarded = guardedFetch({ allow: [], userAgent, timeoutMs: 15_000 });
  if (!isLocal(base)) return guarded;
  return (address, init) => (isLocal(String(address)) ? fetch(address, init) : guarded(address, init));
}

function libp2pNetwork(
  { config, identity, store, base, clock, log }: Foundation,
  reputation: Reputation,
): Network {
  return createLibp2pNetwork({
    identity,
    section: store.section('federation'),
    networks: config.networks,
    host: config.p2p.host,
    port: config.p2p.port,
    bootstrap: config.p2p.bootstrap,
    mdns: config.p2p.mdns,
    colocationLimit: config.p2p.colocationLimit,
    privateAddresses: isLocal(base),
    isRefused: (node) => reputation.isRefused(node),
    clock,
    log,
  });
}

function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}
