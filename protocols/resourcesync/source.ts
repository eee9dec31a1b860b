import type { Capability, DocumentHead, Entry, Link, SyncDocument } from './documents.ts';

/**
 * The Source Description: the sets of resources that a Source offers (section 8). Its place is
 * `/.well-known/resourcesync` (section 6.3.2).
 */
export function sourceDescription(source: {
  /** A document about the Source. */
  describedBy: string;
  capabilityLists: readonly { loc: string; describedBy: string }[];
}): SyncDocument {
  return {
    root: 'urlset',
    metadata: { capability: 'description' },
    links: [{ rel: 'describedby', href: source.describedBy }],
    entries: source.capabilityLists.map(({ loc, describedBy }) => ({
      loc,
      metadata: { capability: 'capabilitylist' },
      links: [{ rel: 'describedby', href: describedBy }],
    })),
  };
}

/** The Capability List: what is offered for one set of resources, each capability once (section 9). */
export function capabilityList(list: {
  sourceDescription: string;
  /** A document about the set of resources. */
  describedBy: string;
  capabilities: readonly { capability: Capability; loc: string }[];
}): SyncDocument {
  return {
    root: 'urlset',
    metadata: { capability: 'capabilitylist' },
    links: [
      { rel: 'describedby', href: list.describedBy },
      { rel: 'up', href: list.sourceDescription },
    ],
    entries: list.capabilities.map(({ capability, loc }) => ({ loc, metadata: { capability } })),
  };
}

/** The head of a Resource List: all resources as they were at one time (section 10.1). */
export function resourceList(list: { capabilityList: string; index?: string; at: string }): DocumentHead {
  return {
    root: 'urlset',
    metadata: { capability: 'resourcelist', at: list.at },
    links: upwards(list),
  };
}

/** A Resource List Index, for more resources than one list may have (section 10.2). */
export function resourceListIndex(index: {
  capabilityList: string;
  at: string;
  lists: readonly string[];
}): SyncDocument {
  return {
    root: 'sitemapindex',
    metadata: { capability: 'resourcelist', at: index.at },
    links: upwards(index),
    entries: index.lists.map((loc): Entry => ({ loc, metadata: { at: index.at } })),
  };
}

/** The interval of a list of changes. Without `until` the list is open: it will be updated further. */
export interface Interval {
  from: string;
  until?: string;
}

/** The head of a Change List: changes in the order in which they happened (section 12.1). */
export function changeList(list: Interval & { capabilityList: string; index?: string }): DocumentHead {
  return {
    root: 'urlset',
    metadata: { capability: 'changelist', ...intervalOf(list) },
    links: upwards(list),
  };
}

/** A Change List Index, its lists in the order of time (section 12.2). */
export function changeListIndex(index: {
  capabilityList: string;
  from: string;
  lists: readonly (Interval & { loc: string })[];
}): SyncDocument {
  return {
    root: 'sitemapindex',
    metadata: { capability: 'changelist', from: index.from },
    links: upwards(index),
    entries: index.lists.map((list): Entry => ({ loc: list.loc, metadata: intervalOf(list) })),
  };
}

function intervalOf({ from, until }: Interval): Interval {
  return until === undefined ? { from } : { from, until };
}

function upwards({ capabilityList, index }: { capabilityList: string; index?: string }): Link[] {
  const up = { rel: 'up', href: capabilityList };
  return index === undefined ? [up] : [up, { rel: 'index', href: index }];
}

/** The value of the HTTP `Link` header by which a resource tells its Capability List (section 6.3.3). */
export function resourceSyncLink(capabilityList: string): string {
  return `<${capabilityList}>; rel="resourcesync"`;
}
