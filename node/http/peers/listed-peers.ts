import { z } from 'zod';
import type { PeerView } from '../../federation/index.ts';
import { whole } from '../requests/query.ts';

/** What nodes can be chosen by. */
export const PEER_STATES = ['all', 'connected', 'followed', 'behind', 'troubled'] as const;
type PeerState = (typeof PEER_STATES)[number];

/** Some of the nodes, as a page shows them. */
export interface PeersData {
  peers: readonly PeerView[];
  /** Those on the map: all that are followed, whatever the page. */
  onMap: readonly PeerView[];
  /** All networks that nodes are of; where there is one, nobody has to choose. */
  networks: readonly string[];
  chosen: { network: string | undefined; state: PeerState };
  page: number;
  hasMore: boolean;
}

const PAGE = 200;
const NETWORKS_OFFERED = 100;

/** The parameters by which nodes are chosen. The form sends an empty `network` for all of them. */
export const peerParameters = {
  network: z.string().max(100, 'is longer than 100 characters').optional(),
  state: z.enum(PEER_STATES, `is none of ${PEER_STATES.join(', ')}`).optional(),
  page: whole(1, 1_000).optional(),
};

interface AskedPeers {
  network?: string | undefined;
  state?: PeerState | undefined;
  page?: number | undefined;
}

/** A page of the nodes of a network, or in a state; and how many there are. @param own the networks that this node is of */
export function listedPeers(
  known: readonly PeerView[],
  own: readonly string[],
  { page = 1, state = 'all', ...asked }: AskedPeers,
): PeersData & { total: number } {
  const network = asked.network === '' ? undefined : asked.network;
  const all = known.filter(
    (peer) => (network === undefined || peer.networks.includes(network)) && isIn[state](peer),
  );
  return {
    peers: all.slice((page - 1) * PAGE, page * PAGE),
    onMap: known.filter(({ followed }) => followed),
    networks: networksOf(own, known),
    chosen: { network, state },
    page,
    hasMore: all.length > page * PAGE,
    total: all.length,
  };
}

/** How many nodes there are, beside this one, and how many in some states; and how many records they have. */
export function peerCounts(
  others: readonly PeerView[],
): Record<'known' | 'connected' | 'followed' | 'troubled' | 'records', number> {
  return {
    known: others.length,
    connected: others.filter(isIn.connected).length,
    followed: others.filter(isIn.followed).length,
    troubled: others.filter(isIn.troubled).length,
    records: others.reduce((sum, { records }) => sum + records, 0),
  };
}

const isIn: Readonly<Record<PeerState, (peer: PeerView) => boolean>> = {
  all: () => true,
  connected: ({ connected }) => connected,
  followed: ({ followed }) => followed,
  behind: ({ followed, complete, self }) => followed && !complete && !self,
  troubled: ({ cutOff, fork, proof, refused, why }) =>
    cutOff ||
    fork !== undefined ||
    proof === 'contradicted' ||
    why === 'over its quota' ||
    refused.length > 0,
};

/** Our own first, then those of others: anybody can make up names. */
function networksOf(own: readonly string[], peers: readonly PeerView[]): string[] {
  const others = new Set(peers.flatMap(({ networks }) => networks));
  for (const name of own) others.delete(name);
  return [...own, ...[...others].sort()].slice(0, NETWORKS_OFFERED);
}
