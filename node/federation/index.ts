export { COALESCE_MS, heartbeatMs, SPACING_MS } from './announcer.ts';
export { PAGES_IN_FLIGHT } from './catch-up.ts';
export { DomainProofs, type Profile, type Proof, type Proofs, type Successor } from './domain-proof.ts';
export { Elsewhere, type SeenAs, type SeenAt, type Sightings } from './elsewhere.ts';
export { FederationError } from './errors.ts';
export { Federation, type FederationOptions } from './federation.ts';
export { decideFollow, type FollowRules } from './follow-rules.ts';
export { GOSSIP_MS, LONGEST_SOON_MS, NODES_A_ROUND, ROUND_MS, SHORT_GAP, SOON_MS } from './head-exchange.ts';
export { HeadNews } from './head-news.ts';
export { MOST_CONNECTIONS } from './inbound-limits.ts';
export { IDONTWANT_FROM, LEAST_TOLD, MESH, MESSAGE_ID_BYTES } from './libp2p-host.ts';
export { CALM_MS, createLibp2pNetwork, type Libp2pNetworkOptions } from './libp2p-network.ts';
export type { PeerView, Place, SignedOnce } from './peer-view.ts';
export { Quotas, type Quota } from './quotas.ts';
export type { Network, StreamHandler, Verdict } from './network.ts';
export {
  Lookups,
  WorkKeyIndex,
  type LookedUpCopy,
  type LookupsOptions,
  type OtherNodes,
} from './lookup/index.ts';
export { offlineNetwork } from './offline-network.ts';
export { readNetworkKey } from './private-network.ts';
export { Reputation } from './reputation.ts';
export type { SummaryState, UsageSummaries, WantedWorks, WorksName } from './usage-exchange.ts';
