import {
  type Entry,
  type ListCapability,
  type Package,
  type Resource,
  type ResourceSyncClient,
  ResourceSyncError,
  type StoredDocument,
  timeSpan,
} from '../../../../protocols/resourcesync/index.ts';
import { type Documents, type LeafEntry, mayPass, stampOf } from './documents.ts';

/** A list, or the manifest of a package, with the way to what its entries tell of. */
export interface Chapter {
  document: StoredDocument;
  /** Address of the list or package. */
  list: string;
  /** When it and what led to it were made. */
  stamp: string;
  /** Whether it is all there is. */
  isWhole: boolean;
  /** Whether the source made it anew while the harvest was going on. */
  isNewer: boolean;
  read(entry: Entry): Promise<Resource>;
}

export interface ChapterOptions {
  documents: Documents;
  client: ResourceSyncClient;
  url: string;
  part: ListCapability;
  /** Milliseconds since 1970: what was closed before has no news. */
  since: number | undefined;
  /** Whether something else can be read in the place of a package that cannot be used. */
  isReplaceable: boolean;
  /** Told of each list or package that cannot be used and is left out, while the others are read. */
  onTrouble: (error: ResourceSyncError) => void;
}

/** The lists or packages behind one document of a set, one after another. */
export function chaptersOf(options: ChapterOptions): AsyncGenerator<Chapter> {
  const { part } = options;
  return part === 'resourcedump' || part === 'changedump' ? packages(options) : lists(options);
}

async function* lists(options: ChapterOptions): AsyncGenerator<Chapter> {
  const { documents, client, url, part, since, onTrouble: onUnreadable } = options;
  const wanted = (entry: LeafEntry): boolean => !endsBefore(entry, since);
  for await (const { document, above, isPart, isNewer } of documents.leaves(url, part, {
    wanted,
    onUnreadable,
  })) {
    const read = (entry: Entry): Promise<Resource> => client.resource(entry);
    const stamp = `${above} ${stampOf(document)}`;
    yield { document, list: document.url, stamp, isWhole: !isPart, isNewer, read };
  }
}

async function* packages(options: ChapterOptions): AsyncGenerator<Chapter> {
  const { documents, client, url, part, since, onTrouble: onUnreadable } = options;
  const wanted = (entry: LeafEntry): boolean => !endsBefore(entry, since);
  for await (const { document: dump, above } of documents.leaves(url, part, { wanted, onUnreadable })) {
    for await (const entry of dump.entries({ onBadEntry: onUnreadable })) {
      const opened = wanted(entry) ? await openPackage(entry, options) : undefined;
      if (opened === undefined) continue;
      const reads = new Set<Promise<unknown>>();
      try {
        const { manifest } = opened;
        yield {
          document: manifest,
          list: entry.loc,
          stamp: `${above} ${stampOf(dump)} ${stampOf(manifest)}`,
          isWhole: false,
          isNewer: false,
          read: (member) => remembered(reads, readMember(opened, member, client)),
        };
      } finally {
        await Promise.allSettled(reads);
        await opened.close();
      }
    }
  }
}

async function openPackage(
  entry: Entry,
  { client, part, isReplaceable, onTrouble }: ChapterOptions,
): Promise<Package | undefined> {
  try {
    return await client.package(
      entry,
      part === 'resourcedump' ? 'resourcedump-manifest' : 'changedump-manifest',
    );
  } catch (error) {
    if (isReplaceable || !(error instanceof ResourceSyncError) || mayPass(error)) throw error;
    onTrouble(error);
    return undefined;
  }
}

/** A member of the package; where the package lets it down, the resource itself. */
async function readMember(opened: Package, entry: Entry, client: ResourceSyncClient): Promise<Resource> {
  try {
    return { bytes: await opened.read(entry), contentType: entry.metadata?.type };
  } catch (error) {
    if (!(error instanceof ResourceSyncError) || !/^https?:/i.test(entry.loc)) throw error;
    return await client.resource(entry).catch((second: unknown) => {
      throw second instanceof ResourceSyncError && !mayPass(second) ? error : second;
    });
  }
}

async function remembered<T>(all: Set<Promise<unknown>>, one: Promise<T>): Promise<T> {
  all.add(one);
  try {
    return await one;
  } finally {
    all.delete(one);
  }
}

/** Whether a closed interval lies before a time. */
function endsBefore({ metadata }: LeafEntry, since: number | undefined): boolean {
  const until = timeSpan(metadata?.until);
  return since !== undefined && until !== undefined && until.last < since;
}
