export { FederationError } from './errors.ts';
export { Federation, type FederationOptions, type PeerView } from './federation.ts';
export type { FollowRules } from './follow-rules.ts';
export { createLibp2pNetwork, type Libp2pNetworkOptions } from './libp2p-network.ts';
export type { Network, Verdict } from './network.ts';
export { offlineNetwork } from './offline-network.ts';
export { Reputation } from './reputation.ts';
export type { UsageSummaries } from './usage-exchange.ts';
