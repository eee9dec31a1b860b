import { collectionToJsonLd, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { PeerView } from '../../federation/index.ts';
import { listLinks, type ListPage } from '../documents/list-page.ts';
import type { Site } from '../site.ts';

/** A page of the nodes that this one knows. */
export function peersDocument(
  site: Site,
  list: ListPage,
  peers: readonly PeerView[],
  total: number,
): JsonLdObject {
  return collectionToJsonLd({
    ...listLinks(site, list),
    totalItems: total,
    items: peers.map(peerItem),
  });
}

function peerItem(peer: PeerView): JsonLdObject {
  return {
    ...(peer.base !== undefined && { id: peer.base }),
    type: 'Node',
    ...toldPeer(peer),
  };
}

type Times = 'headTime' | 'lastContact' | 'provedAt';
type Fork = NonNullable<PeerView['fork']>;

/** A node as it is told outside this one: times as ISO 8601 in UTC. */
type ToldPeer = Omit<PeerView, Times | 'fork'> &
  Partial<Record<Times, string>> & {
    fork?: Omit<Fork, 'signed'> & { signed: (Omit<Fork['signed'][number], 'time'> & { time: string })[] };
  };

export function toldPeer({ headTime, lastContact, provedAt, fork, ...peer }: PeerView): ToldPeer {
  return {
    ...peer,
    ...(headTime !== undefined && { headTime: timeText(headTime) }),
    ...(lastContact !== undefined && { lastContact: timeText(lastContact) }),
    ...(provedAt !== undefined && { provedAt: timeText(provedAt) }),
    ...(fork !== undefined && {
      fork: { ...fork, signed: fork.signed.map((one) => ({ ...one, time: timeText(one.time) })) },
    }),
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}
