import { prefixes } from '../../vocab/context.ts';
import type { Resource, ResourceSyncClient } from './client.ts';
import type { Entry } from './documents.ts';
import { ResourceSyncError } from './errors.ts';
import type { Package } from './package.ts';

/** The relation of the on-demand dump to the Capability List (docs/resourcesync.md): an addition to the standard, after CORE's. */
export const ON_DEMAND_DUMP = `${prefixes.ngr}onDemandDump`;

/** What is asked for at once at most: resources, and bytes as far as the lists tell them. */
const MOST_WANTED = 1_000;
const MOST_BYTES = 32 * 1024 * 1024;
/** What is held back at most while a lot is gathered, of no resource among it. */
const MOST_ITEMS = 10_000;
/** Fewer are fetched as quickly one by one. */
const FEWEST = 2;

export interface OnDemandOptions<T> {
  client: ResourceSyncClient;
  /** Where lists of wanted resources are posted to. */
  url: string;
  /** The resource that an item needs; undefined where it needs none. */
  wanted: (item: T) => Entry | undefined;
  /** Told once where the source does not send such a package, or one that is no use: the rest is fetched one by one. */
  onRefused: (error: ResourceSyncError) => void;
}

/** An item, and the way to its resource. */
export interface WithResource<T> {
  item: T;
  /** Of items that need a resource. Throws what `ResourceSyncClient.resource` throws. */
  read?: () => Promise<Resource>;
}

/**
 * Fetches the resources of a list by on-demand dumps, some hundreds with one request, and gives the items in their order.
 * Each resource is held against what the list tells of it and what the manifest tells; one that is missing from a package,
 * or not what it should be, is fetched by itself, as is one whose `read` is called when later items have been asked for.
 */
export async function* fetchedTogether<T>(
  items: AsyncIterable<T>,
  options: OnDemandOptions<T>,
): AsyncGenerator<WithResource<T>> {
  const { client, url, wanted, onRefused } = options;
  const byItself = (entry: Entry): Promise<Resource> => client.resource(entry);
  let isRefused = false;
  for await (const lot of lotsOf(items, wanted, () => isRefused)) {
    const locs = new Set(lot.flatMap(({ entry }) => entry?.loc ?? []));
    let received: Received | undefined;
    if (!isRefused && locs.size >= FEWEST) {
      received = await Received.ask(client, url, locs).catch((error: unknown) => {
        if (!(error instanceof ResourceSyncError)) throw error;
        isRefused = true;
        onRefused(error);
        return undefined;
      });
    }
    try {
      for (const { item, entry } of lot) {
        if (entry === undefined) yield { item };
        else yield { item, read: () => received?.read(entry) ?? byItself(entry) };
      }
    } finally {
      await received?.close();
    }
  }
}

interface Wanted<T> {
  item: T;
  entry: Entry | undefined;
}

/** Items in the lots that are asked for together. Where they end in a failure, what came before it is given first. */
async function* lotsOf<T>(
  items: AsyncIterable<T>,
  wanted: OnDemandOptions<T>['wanted'],
  areSingle: () => boolean,
): AsyncGenerator<Wanted<T>[]> {
  let lot: Wanted<T>[] = [];
  let [resources, bytes] = [0, 0];
  try {
    for await (const item of items) {
      const entry = wanted(item);
      lot.push({ item, entry });
      if (entry !== undefined) resources += 1;
      bytes += entry?.metadata?.length ?? 0;
      const isFull = resources >= MOST_WANTED || bytes >= MOST_BYTES || lot.length >= MOST_ITEMS;
      if (!isFull && !areSingle()) continue;
      yield lot;
      lot = [];
      [resources, bytes] = [0, 0];
    }
  } catch (error) {
    if (lot.length > 0) yield lot;
    throw error;
  }
  if (lot.length > 0) yield lot;
}

/** A package that was asked for, while its resources are read. */
class Received {
  readonly #client: ResourceSyncClient;
  readonly #package: Package;
  /** By address. */
  readonly #members: ReadonlyMap<string, Entry>;
  readonly #reads = new Set<Promise<unknown>>();
  #isClosed = false;

  private constructor(client: ResourceSyncClient, opened: Package, members: ReadonlyMap<string, Entry>) {
    this.#client = client;
    this.#package = opened;
    this.#members = members;
  }

  static async ask(client: ResourceSyncClient, url: string, locs: ReadonlySet<string>): Promise<Received> {
    const opened = await client.onDemand(url, locs);
    try {
      const members = new Map<string, Entry>();
      for await (const entry of opened.manifest.entries({ onBadEntry: () => undefined })) {
        // What was not asked for is left aside; what has no path is not there.
        const isMember = locs.has(entry.loc) && entry.metadata?.path !== undefined;
        if (isMember && !members.has(entry.loc)) members.set(entry.loc, entry);
      }
      return new Received(client, opened, members);
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  async read(entry: Entry): Promise<Resource> {
    const member = this.#members.get(entry.loc);
    if (member === undefined || this.#isClosed) return await this.#client.resource(entry);
    const reading = this.#package.read(member, entry.metadata);
    this.#reads.add(reading);
    try {
      return { bytes: await reading, contentType: member.metadata?.type ?? entry.metadata?.type };
    } catch (error) {
      if (!(error instanceof ResourceSyncError)) throw error;
      return await this.#client.resource(entry);
    } finally {
      this.#reads.delete(reading);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#reads);
    await this.#package.close();
  }
}
