import type { Capability, DocumentHead, Entry, Link, Metadata, SyncDocument } from './documents.ts';

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
  /** Channels of notifications, with the hub where each is subscribed to (Change Notification and Framework Notification, section 5). */
  channels?: readonly { capability: Capability; loc: string; hub: string }[];
  /** What is offered beside the standard's capabilities. */
  extensions?: readonly Link[];
}): SyncDocument {
  return {
    root: 'urlset',
    metadata: { capability: 'capabilitylist' },
    links: [
      { rel: 'describedby', href: list.describedBy },
      { rel: 'up', href: list.sourceDescription },
      ...(list.extensions ?? []),
    ],
    entries: [
      ...list.capabilities.map(({ capability, loc }): Entry => ({ loc, metadata: { capability } })),
      ...(list.channels ?? []).map(({ capability, loc, hub }): Entry => ({
        loc,
        metadata: { capability },
        links: [{ rel: 'hub', href: hub }],
      })),
    ],
  };
}

/** Where a document stands below the Capability List, and below an index where it is one of several. */
export interface Place {
  capabilityList: string;
  index?: string;
}

/** The head of a Resource List: all resources as they were at one time (section 10.1). */
export function resourceList(list: Place & { at: string }): DocumentHead {
  return snapshot('resourcelist', list);
}

/** A Resource List Index, for more resources than one list may have (section 10.2). */
export function resourceListIndex(
  index: Place & { at: string; lists: readonly { loc: string; at: string }[] },
): SyncDocument {
  return {
    ...snapshot('resourcelist', index),
    root: 'sitemapindex',
    entries: index.lists.map(({ loc, at }): Entry => ({ loc, metadata: { at } })),
  };
}

/** A package, and its manifest outside of it. */
export interface PackageAddress {
  loc: string;
  contents: string;
}

/** A Resource Dump: the packages that hold all resources (section 11.1). */
export function resourceDump(
  dump: Place & { at: string; packages: readonly (PackageAddress & { at: string })[] },
): SyncDocument {
  return {
    ...snapshot('resourcedump', dump),
    entries: dump.packages.map(({ at, ...address }) => packageEntry(address, { at, completed: at })),
  };
}

/** The head of a package's manifest (section 11.2). */
export function resourceDumpManifest(manifest: Place & { at: string }): DocumentHead {
  return snapshot('resourcedump-manifest', manifest);
}

/** The interval of a list of changes. Without `until` the list is open: it will be updated further. */
export interface Interval {
  from: string;
  until?: string;
}

/** The head of a Change List: changes in the order in which they happened (section 12.1). */
export function changeList(list: Place & Interval): DocumentHead {
  return news('changelist', list);
}

/** A Change List Index, its lists in the order of time (section 12.2). */
export function changeListIndex(
  index: Place & { from: string; lists: readonly (Interval & { loc: string })[] },
): SyncDocument {
  return {
    ...news('changelist', { capabilityList: index.capabilityList, from: index.from }),
    root: 'sitemapindex',
    entries: index.lists.map((list): Entry => ({ loc: list.loc, metadata: intervalOf(list) })),
  };
}

/** A Change Dump: packages of what changed, in the order of time (section 13.1). */
export function changeDump(
  dump: Place & { from: string; packages: readonly (PackageAddress & Interval)[] },
): SyncDocument {
  return {
    ...news('changedump', { capabilityList: dump.capabilityList, from: dump.from }),
    entries: dump.packages.map((one) => packageEntry(one, intervalOf(one))),
  };
}

/** The head of the manifest of a package of changes (section 13.2). */
export function changeDumpManifest(manifest: Place & Interval): DocumentHead {
  return news('changedump-manifest', manifest);
}

/**
 * A Change Notification: what changed of the resources since the last one (ResourceSync Change Notification 1.0.1,
 * section 3). The interval lets a Destination see whether it has missed one.
 */
export function changeNotification(
  notification: Place & Required<Interval> & { changes: readonly Entry[] },
): SyncDocument {
  return { ...news('change-notification', notification), entries: notification.changes };
}

/** A Framework Notification: which of a Source's own documents changed (ResourceSync Framework Notification 1.0.1, section 3). */
export function frameworkNotification(
  notification: Place &
    Required<Interval> & { documents: readonly { capability: Capability; loc: string }[] },
): SyncDocument {
  const { documents, until } = notification;
  return {
    ...news('framework-notification', notification),
    entries: documents.map(({ capability, loc }): Entry => ({
      loc,
      lastmod: until,
      metadata: { capability, change: 'updated', datetime: until },
    })),
  };
}

/** Taken at one moment, which is when it began and when it was complete. */
function snapshot(capability: Capability, { at, ...place }: Place & { at: string }): DocumentHead {
  return { root: 'urlset', metadata: { capability, at, completed: at }, links: upwards(place) };
}

function news(capability: Capability, list: Place & Interval): DocumentHead {
  return { root: 'urlset', metadata: { capability, ...intervalOf(list) }, links: upwards(list) };
}

function packageEntry({ loc, contents }: PackageAddress, time: Metadata): Entry {
  return {
    loc,
    metadata: { type: 'application/zip', ...time },
    links: [{ rel: 'contents', href: contents, type: 'application/xml' }],
  };
}

function intervalOf({ from, until }: Interval): Interval {
  return until === undefined ? { from } : { from, until };
}

function upwards({ capabilityList, index }: Place): Link[] {
  const up = { rel: 'up', href: capabilityList };
  return index === undefined ? [up] : [up, { rel: 'index', href: index }];
}
