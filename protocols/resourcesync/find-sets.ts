import type { ResourceSyncClient } from './client.ts';
import type { DocumentHead, Entry } from './documents.ts';
import { ResourceSyncError, type ResourceSyncErrorCode } from './errors.ts';
import { ON_DEMAND_DUMP } from './on-demand.ts';
import type { StoredDocument } from './stored-document.ts';

/** What a Capability List can lead to that a Destination reads (section 9). */
const LISTS = ['resourcelist', 'resourcedump', 'changelist', 'changedump'] as const;
export type ListCapability = (typeof LISTS)[number];

/** A set of resources and the documents that tell of it. */
export interface SyncSet {
  /** Address of its Capability List; where there is none, of the one document that is known. */
  id: string;
  documents: Partial<Record<ListCapability, string>>;
  /** Where lists of wanted resources can be posted to, for one package of them all. */
  onDemandDump?: string;
}

export interface FoundSets {
  /** In the order of the Source Description; never empty. */
  sets: SyncSet[];
  /** What did not keep the sets from being found: a list that leads up to nowhere. */
  troubles: ResourceSyncError[];
}

const WELL_KNOWN = '/.well-known/resourcesync';
const MOST_SETS = 1_000;
const MOST_INDEXED = 100;

/**
 * Finds what a Source offers, from whatever address of it is known (section 6): that of its site, of its Source
 * Description, of a Capability List, or of any list or dump, from which the links lead up. A Source Description stands for
 * all the sets in it, every other document for its own set.
 *
 * @throws ResourceSyncError `RESOURCESYNC_NOT_FOUND`, `RESOURCESYNC_NOTHING_OFFERED`, or why a document that is needed
 *   cannot be read
 */
export async function findSets(client: ResourceSyncClient, url: string): Promise<FoundSets> {
  const start = await startAt(client, url);
  const { capability } = start.head.metadata;
  if (capability === 'description') return { sets: await describedSets(client, start), troubles: [] };
  if (capability === 'capabilitylist') return { sets: [offered(await setOf(start))], troubles: [] };
  const { url: found, head } = start;
  await start.close();
  if (!isList(capability)) {
    throw new ResourceSyncError(
      'RESOURCESYNC_NOT_FOUND',
      `${found} is a ${capability}, which leads to no lists.`,
    );
  }
  return await setAbove(client, { url: found, head, capability });
}

/** The document at the address, or that at the well-known place of its site. */
async function startAt(client: ResourceSyncClient, url: string): Promise<StoredDocument> {
  try {
    return await client.document(url);
  } catch (error) {
    const wellKnown = new URL(WELL_KNOWN, url).href;
    if (!(error instanceof ResourceSyncError) || !isOtherThanSync(error) || wellKnown === url) throw error;
    return await client.document(wellKnown).catch((cause: unknown) => {
      if (!(cause instanceof ResourceSyncError) || !isOtherThanSync(cause)) throw cause;
      throw new ResourceSyncError(
        'RESOURCESYNC_NOT_FOUND',
        `Neither ${url} nor ${wellKnown} is a document of ResourceSync.`,
        { cause: error },
      );
    });
  }
}

const otherThanSync: readonly ResourceSyncErrorCode[] = [
  'RESOURCESYNC_BAD_XML',
  'RESOURCESYNC_NOT_A_SITEMAP',
  'RESOURCESYNC_NO_CAPABILITY',
];

/** Whether what is there is something else: a web page, a plain Sitemap, nothing. */
function isOtherThanSync({ code, details }: ResourceSyncError): boolean {
  const refused = code === 'RESOURCESYNC_HTTP_STATUS' && Number(details['status']) < 500;
  return refused || otherThanSync.includes(code);
}

function leadsNowhere(error: ResourceSyncError): boolean {
  return isOtherThanSync(error) || error.code === 'RESOURCESYNC_WRONG_DOCUMENT';
}

/** Every set is read, or none: one that is left out for a passing fault would be taken for one that is gone. */
async function describedSets(client: ResourceSyncClient, description: StoredDocument): Promise<SyncSet[]> {
  const sets: SyncSet[] = [];
  for (const loc of await capabilityLists(client, description)) {
    const list = await client.document(loc);
    const { capability } = list.head.metadata;
    if (capability !== 'capabilitylist') {
      await list.close();
      throw new ResourceSyncError(
        'RESOURCESYNC_WRONG_DOCUMENT',
        `${loc} is a ${capability}, no capability list.`,
      );
    }
    sets.push(await setOf(list));
  }
  const useful = sets.filter(({ documents }) => Object.keys(documents).length > 0);
  if (useful.length === 0) throw nothingOffered(description.url);
  return useful;
}

/** The Capability Lists of a Source Description, or of all those in an index of them (section 8). */
async function capabilityLists(client: ResourceSyncClient, description: StoredDocument): Promise<string[]> {
  const lists = new Set<string>();
  const { root } = description.head;
  for (const { loc } of await few(description, root === 'urlset' ? MOST_SETS : MOST_INDEXED)) {
    if (root === 'urlset') lists.add(loc);
    else for (const inner of await few(await client.document(loc), MOST_SETS)) lists.add(inner.loc);
  }
  if (lists.size <= MOST_SETS) return [...lists];
  throw new ResourceSyncError(
    'RESOURCESYNC_TOO_MANY_ENTRIES',
    `${description.url} has more than ${MOST_SETS} sets.`,
  );
}

async function setOf(list: StoredDocument): Promise<SyncSet> {
  const documents: SyncSet['documents'] = {};
  for (const { loc, metadata } of await few(list, MOST_INDEXED)) {
    const capability = metadata?.capability;
    if (isList(capability)) documents[capability] ??= loc;
  }
  const onDemandDump = onDemandDumpOf(list);
  return { id: list.url, documents, ...(onDemandDump !== undefined && { onDemandDump }) };
}

/** At the source itself only: what is posted changes nothing there, but might elsewhere. */
function onDemandDumpOf({ head, url }: StoredDocument): string | undefined {
  const address = linked(head, ON_DEMAND_DUMP, url);
  return address !== undefined && new URL(address).origin === new URL(url).origin ? address : undefined;
}

/** The set that a list belongs to, by its link up; the list alone, or the index it is part of, where there is none. */
async function setAbove(
  client: ResourceSyncClient,
  { url, head, capability }: { url: string; head: DocumentHead; capability: ListCapability },
): Promise<FoundSets> {
  const alone = (troubles: ResourceSyncError[]): FoundSets => {
    const loc = linked(head, 'index', url) ?? url;
    return { sets: [{ id: loc, documents: { [capability]: loc } }], troubles };
  };
  const up = linked(head, 'up', url);
  if (up === undefined) return alone([]);
  try {
    const above = await client.document(up);
    const found = above.head.metadata.capability;
    const set = await setOf(above);
    if (found === 'capabilitylist' && Object.keys(set.documents).length > 0)
      return { sets: [set], troubles: [] };
    throw new ResourceSyncError(
      'RESOURCESYNC_WRONG_DOCUMENT',
      `${url} leads up to ${up}, no capability list of its own.`,
    );
  } catch (error) {
    if (error instanceof ResourceSyncError && leadsNowhere(error)) return alone([error]);
    throw error;
  }
}

function linked(head: DocumentHead, rel: string, base: string): string | undefined {
  const href = head.links.find((link) => link.rel === rel)?.href;
  return href !== undefined && URL.canParse(href, base) ? new URL(href, base).href : undefined;
}

/** The entries of a document that has few; it is closed. */
async function few(document: StoredDocument, most: number): Promise<Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of document.entries()) {
      if (entries.length === most) {
        throw new ResourceSyncError(
          'RESOURCESYNC_TOO_MANY_ENTRIES',
          `${document.url} has more than ${most} entries.`,
        );
      }
      entries.push(entry);
    }
    return entries;
  } finally {
    await document.close();
  }
}

function offered(set: SyncSet): SyncSet {
  if (Object.keys(set.documents).length === 0) throw nothingOffered(set.id);
  return set;
}

function nothingOffered(url: string): ResourceSyncError {
  return new ResourceSyncError('RESOURCESYNC_NOTHING_OFFERED', `${url} leads to no list and no dump.`);
}

function isList(capability: string | undefined): capability is ListCapability {
  return LISTS.some((list) => list === capability);
}
