import { contextUrl } from '../../vocab/context.ts';
import { collectionToJsonLd, itemToJsonLd, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import type { Stage } from '../analysis/works/index.ts';
import type { PeerView } from '../federation/index.ts';
import type { HeldItem } from './pages/record-line.ts';
import type { Site } from './site.ts';

/** The documents of the public addresses other than single records, as JSON-LD. */

/** The node as it describes itself. */
export function nodeDocument(
  site: Site,
  facts: { records: number; addresses: readonly string[] },
): JsonLdObject {
  return {
    '@context': contextUrl(site.base),
    id: site.base,
    type: 'Node',
    node: site.node,
    name: site.name,
    base: site.base,
    networks: site.networks,
    software: site.version,
    records: facts.records,
    addresses: facts.addresses,
    inbox: `${site.base}/inbox`,
  };
}

/** What stands in an address, each name once or several times. */
type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A page of a list, whose address is the list's with the parameters of the page. */
export interface ListPage {
  path: string;
  /** Of the list: what it was asked for. */
  parameters: Parameters;
  /** Of this page and of its neighbours: what is added; undefined where there is no such page. */
  page: Readonly<Record<string, string | number>> | undefined;
  next?: Readonly<Record<string, string | number>>;
  prev?: Readonly<Record<string, string | number>>;
}

/** The addresses of a page of a list, as a collection document names them. */
export function listLinks(
  site: Site,
  { path, parameters, page, next, prev }: ListPage,
): { context: string; id: string; partOf: string; first: string; next?: string; prev?: string } {
  const address = (more: Readonly<Record<string, string | number>> = {}): string =>
    site.base + path + queryOf({ ...parameters, ...more });
  return {
    context: contextUrl(site.base),
    id: address(page),
    partOf: address(),
    first: address(),
    ...(next !== undefined && { next: address(next) }),
    ...(prev !== undefined && { prev: address(prev) }),
  };
}

/** A page of records, in order. */
export function recordsDocument(
  site: Site,
  list: ListPage,
  { items, total }: { items: readonly HeldItem[]; total?: number },
): JsonLdObject {
  return collectionToJsonLd({
    ...listLinks(site, list),
    ...(total !== undefined && { totalItems: total }),
    items: items.map(({ holding }) => itemToJsonLd(holding)),
  });
}

/**
 * Records with why they are there: what is related to a record, its copies, the records of a work.
 * @param id the document's address
 */
export function reasonedDocument(
  site: Site,
  id: string,
  summary: string,
  items: readonly (Pick<HeldItem, 'holding'> & {
    score?: number;
    /** Of the record's version. */
    stage?: Stage;
    /** What shows that it is of the same work. */
    evidence?: JsonLdObject;
    reasons: readonly string[];
    /** Not held here, but found at a node that is not followed. */
    lookedUp?: true;
  })[],
): JsonLdObject {
  return collectionToJsonLd({
    context: contextUrl(site.base),
    id,
    summary,
    totalItems: items.length,
    items: items.map(({ holding, score, stage, evidence, reasons, lookedUp }) => ({
      ...itemToJsonLd(holding),
      ...(score !== undefined && { score }),
      ...(stage !== undefined && { stage }),
      reasons,
      ...evidence,
      ...(lookedUp && { lookedUp }),
    })),
  });
}

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
export type ToldPeer = Omit<PeerView, Times | 'fork'> &
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

function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
    for (const one of values) query.append(name, String(one));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
