export { PEER_STATES, peersPage, peersSection, type PeersData, type PeerState } from './page.ts';
