export { PEER_STATES, peersPage, type PeersData, type PeerState } from './page.ts';
