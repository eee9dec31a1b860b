import {
  type ListCapability,
  ResourceSyncError,
  type StoredDocument,
  type SyncSet,
  timeSpan,
} from '../../../../protocols/resourcesync/index.ts';
import { Choice } from './choice.ts';
import { DEEPEST_INDEX, type Documents, mayPass, stampOf } from './documents.ts';

/** How a set is read: these of its documents, in this order. */
export interface Plan {
  set: SyncSet;
  parts: readonly Part[];
  /** The source's time up to which the documents tell of everything, milliseconds since 1970; undefined if it does not say. */
  time: number | undefined;
  /** What is left aside for what is wrong with it. */
  troubles: readonly ResourceSyncError[];
}

export interface Part {
  capability: ListCapability;
  /** Only what changed since. */
  since: number | undefined;
  /** What is read in its place, where it turns out to be no use. */
  instead?: ListCapability;
}

/**
 * All that is in a set: by its dump, if there is one that can be used, as it takes one request where the list takes one a
 * resource; else by its list. Both are of a time gone by, so what changed since then is read behind them.
 */
export async function planAll(set: SyncSet, documents: Documents): Promise<Plan> {
  const { resourcelist, changelist, changedump } = set.documents;
  const troubles: ResourceSyncError[] = [];
  const dump = await usableDump(set, documents, troubles);
  const base: Part | undefined =
    dump !== undefined
      ? dump
      : resourcelist === undefined
        ? undefined
        : { capability: 'resourcelist', since: undefined };
  const at = base === undefined ? undefined : await timeOf(set, base.capability, documents);
  const changes = changelist ?? changedump;
  if (changes === undefined || (base !== undefined && at === undefined)) {
    return { set, parts: base === undefined ? [] : [base], time: at, troubles };
  }
  const capability = changelist === undefined ? 'changedump' : 'changelist';
  const { time } = await changesIn(changes, capability, documents);
  const news: Part = { capability, since: at };
  return { set, parts: base === undefined ? [news] : [base, news], time: latest(at, time), troubles };
}

/**
 * What changed in a set: by its list of changes, or the packages of them, if they reach back so far. Where they do not,
 * the list of all resources is looked through for what is newer, and then the changes for what was deleted.
 */
export async function planChanges(set: SyncSet, since: number, documents: Documents): Promise<Plan> {
  const { resourcelist, changelist, changedump } = set.documents;
  const changes = changelist ?? changedump;
  const newer: Part | undefined =
    resourcelist === undefined ? undefined : { capability: 'resourcelist', since };
  const plan = { set, troubles: [] };
  if (changes !== undefined) {
    const capability = changelist === undefined ? 'changedump' : 'changelist';
    const { from, time } = await changesIn(changes, capability, documents);
    const news: Part = {
      capability,
      since,
      ...(capability === 'changedump' && newer && { instead: 'resourcelist' }),
    };
    const reachesBack = from === undefined || from <= since;
    return {
      ...plan,
      parts: reachesBack || newer === undefined ? [news] : [newer, news],
      time: latest(since, time),
    };
  }
  if (newer !== undefined)
    return { ...plan, parts: [newer], time: await timeOf(set, 'resourcelist', documents) };
  const at = await timeOf(set, 'resourcedump', documents);
  const isNews = at === undefined || at > since;
  return { ...plan, parts: isNews ? [{ capability: 'resourcedump', since: undefined }] : [], time: at };
}

/** The dump of a set, unless its packages are no ZIP files, or it cannot be read and the list can stand in. */
async function usableDump(
  { documents: { resourcedump, resourcelist } }: SyncSet,
  documents: Documents,
  troubles: ResourceSyncError[],
): Promise<Part | undefined> {
  if (resourcedump === undefined) return undefined;
  const part: Part = { capability: 'resourcedump', since: undefined };
  if (resourcelist === undefined) return part;
  try {
    const isZip = await hasZipPackages(resourcedump, documents);
    return isZip ? { ...part, instead: 'resourcelist' } : undefined;
  } catch (error) {
    if (!(error instanceof ResourceSyncError) || mayPass(error)) throw error;
    troubles.push(error);
    return undefined;
  }
}

async function hasZipPackages(url: string, documents: Documents): Promise<boolean> {
  const document = await documents.open(url, 'resourcedump');
  try {
    if (document.head.root === 'sitemapindex') return true;
    for await (const { loc, metadata } of document.entries()) {
      const { type } = metadata ?? {};
      const isZip = type === undefined ? !/\.(?:tar|t?gz|7z|warc|bz2|xz)$/i.test(loc) : /\bzip\b/i.test(type);
      if (!isZip) return false;
    }
    return true;
  } finally {
    await documents.keep(document);
  }
}

function latest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** When the taking of a document's snapshot began. */
async function timeOf(
  set: SyncSet,
  capability: ListCapability,
  documents: Documents,
): Promise<number | undefined> {
  const url = set.documents[capability];
  if (url === undefined) return undefined;
  const document = await documents.open(url, capability);
  const time = timeSpan(stampOf(document))?.first;
  await documents.keep(document);
  return time;
}

/**
 * From when on a list of changes tells of all, and up to when: the end of the last closed interval, or the last change of
 * an open one. What the source may be about to add to that is later.
 */
async function changesIn(
  url: string,
  capability: ListCapability,
  documents: Documents,
): Promise<{ from: number | undefined; time: number | undefined }> {
  const document = await documents.open(url, capability);
  try {
    const { from, until } = document.head.metadata;
    const span = { from: timeSpan(from)?.first, time: timeSpan(until)?.first };
    if (span.time !== undefined) return span;
    return { ...span, time: (await lastChange(document, capability, documents, 0)) ?? span.from };
  } finally {
    await documents.keep(document);
  }
}

async function lastChange(
  document: StoredDocument,
  capability: ListCapability,
  documents: Documents,
  depth: number,
): Promise<number | undefined> {
  const choice = new Choice(true, undefined);
  let last: { loc: string; from: number | undefined; until: number | undefined } | undefined;
  for await (const entry of document.entries({ onBadEntry: () => undefined })) {
    choice.takes(entry);
    const { from, until } = entry.metadata ?? {};
    last = { loc: entry.loc, from: timeSpan(from)?.first, until: timeSpan(until)?.first };
  }
  const isList = document.head.root === 'urlset' && capability === 'changelist';
  if (isList) return timeSpan(choice.latest)?.first;
  // The entries are lists or packages, the latest at the end (sections 12.2 and 13.1).
  if (last === undefined || last.until !== undefined) return last?.until;
  if (document.head.root === 'urlset' || depth >= DEEPEST_INDEX) return last.from;
  const inner = await documents.open(last.loc, capability);
  try {
    return (
      timeSpan(inner.head.metadata.until)?.first ??
      (await lastChange(inner, capability, documents, depth + 1)) ??
      last.from
    );
  } finally {
    await documents.keep(inner);
  }
}
