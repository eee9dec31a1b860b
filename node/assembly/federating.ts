import { SignatureVerifier, stepsTo } from '../../protocols/heads/index.ts';
import type { Config } from '../config/index.ts';
import {
  createLibp2pNetwork,
  DomainProofs,
  Elsewhere,
  Federation,
  Lookups,
  offlineNetwork,
  readNetworkKey,
  Reputation,
  type Network,
  type Place,
  type UsageSummaries,
  type WorkKeyIndex,
} from '../federation/index.ts';
import { guardedFetch, type Fetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';

export interface Federating {
  federation: Federation;
  lookups: Lookups;
  /** What others show of a record. */
  elsewhere: Elsewhere;
  /** To be called once the node answers over HTTP: who hears of it asks its domain whose it is, at once. */
  start: () => Promise<void>;
}

/** Builds the node's place in its networks. */
export async function buildFederating(
  on: Foundation,
  { usage, workKeyIndex }: { usage: UsageSummaries; workKeyIndex: WorkKeyIndex },
): Promise<Federating> {
  const { config, identity, catalogue, store, metrics, clock, log, offline, onStop } = on;
  const reputation = new Reputation({ clock });
  const proofs = new DomainProofs({
    section: store.section('domain-proofs'),
    fetch: domainFetch(on),
    replacedAfterMs: config.follow.replacedAfterHours * 60 * 60_000,
    verifier: new SignatureVerifier(),
    clock,
    log,
  });
  const network = offline ? offlineNetwork : await libp2pNetwork(on, reputation, proofs);
  const federation = new Federation({
    catalogue,
    isKeyNew: identity.isNew,
    network,
    networks: config.networks,
    rules: {
      ...config.follow,
      networks: config.follow.networks ?? config.networks,
      // Others may still hold what the node said under the ids that it had before.
      deny: [...config.follow.deny, ...stepsTo(on.lineage, identity.node).keys()],
    },
    quota: config.follow.quota,
    proofs,
    section: store.section('forks'),
    usage,
    reputation,
    place: placeOf(config.location),
    registry: metrics,
    clock,
    log,
  });
  const lookups = new Lookups({
    catalogue,
    network: federation.network,
    nodes: federation,
    index: workKeyIndex,
    signer: identity,
    verifier: new SignatureVerifier(),
    filters: store.section('filters'),
    lookedUp: store.section('looked-up'),
    registry: metrics,
    clock,
    log,
  });
  const elsewhere = new Elsewhere({ peers: () => federation.peers(), fetch: domainFetch(on), clock });
  const start = async (): Promise<void> => {
    await proofs.start({ asks: !offline });
    onStop(() => proofs.stop());
    await federation.start();
    onStop(() => federation.stop());
    onStop(tellName(on, federation));
    await lookups.start();
    onStop(() => lookups.stop());
  };
  return { federation, lookups, elsewhere, start };
}

/** Gives the network the institution's new name when it has one. @returns what ends it */
function tellName({ institution, log }: Foundation, federation: Federation): () => void {
  return institution.onChange(() => {
    federation.rename(institution.document.name).catch((error: unknown) => {
      log.error({ err: error }, 'the institution’s new name stays with this node till the next start');
    });
  });
}

function placeOf(location: Config['location']): Place {
  if (location === undefined) return {};
  const { country, latitude, longitude } = location;
  if (latitude === undefined || longitude === undefined) return { country };
  return { country, location: { latitude, longitude } };
}

/** Other nodes' domains lie in the public Internet, except where this node itself is only known on this machine. */
export function domainFetch({ base, userAgent }: Foundation): Fetch {
  const guarded = guardedFetch({ allow: [], userAgent, timeoutMs: 15_000 });
  if (!isLocal(base)) return guarded;
  return (address, init) => (isLocal(String(address)) ? fetch(address, init) : guarded(address, init));
}

async function libp2pNetwork(
  { config, catalogue, identity, store, http, base, clock, log }: Foundation,
  reputation: Reputation,
  proofs: DomainProofs,
): Promise<Network> {
  const { webSocket, privateNetworkKey } = config.p2p;
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
    announce: config.p2p.announce,
    relay: config.p2p.relay,
    ...(webSocket && { webSocket: { requests: http, base } }),
    ...(privateNetworkKey !== undefined && { networkKey: await readNetworkKey(privateNetworkKey) }),
    isRefused: (node) => reputation.isRefused(node),
    isTrusted: (node) =>
      config.follow.allow.includes(node) ||
      proofs.of(node) === 'proved' ||
      catalogue.feeds.state(node)?.head !== undefined,
    clock,
    log,
  });
}

function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}
