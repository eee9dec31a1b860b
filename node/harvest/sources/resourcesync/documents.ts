import {
  type Entry,
  type ListCapability,
  type ResourceSyncClient,
  ResourceSyncError,
  type StoredDocument,
  timeSpan,
} from '../../../../protocols/resourcesync/index.ts';

const MOST_KEPT = 4;
/** An index of an index is beyond the standard; deeper ones go round in circles. */
export const DEEPEST_INDEX = 2;

/** A list, or the document of a dump, that is no index. */
export interface Leaf {
  document: StoredDocument;
  /** The `at` or `from` of the indexes above it. */
  above: string;
  /** Whether it is one of several. */
  isPart: boolean;
  /** Whether it was made after the index that led to it. */
  isNewer: boolean;
}

/** What is told of a leaf by the index above it. */
export type LeafEntry = Pick<Entry, 'loc' | 'metadata'>;

export interface LeafOptions {
  /** Which leaves are wanted, by what the index tells of them. */
  wanted?: (entry: LeafEntry) => boolean;
  /** Told of each leaf of an index that cannot be read; it is left out. Failures that may pass are thrown. */
  onUnreadable: (error: ResourceSyncError) => void;
}

/** The documents of one harvest: those that were looked into before they are read are not fetched a second time. */
export class Documents {
  readonly #client: ResourceSyncClient;
  readonly #kept = new Map<string, StoredDocument>();

  constructor(client: ResourceSyncClient) {
    this.#client = client;
  }

  /** Fetches a document of a kind; whoever asks closes it, or gives it back by `keep`. */
  async open(url: string, capability: ListCapability): Promise<StoredDocument> {
    const kept = this.#kept.get(url);
    this.#kept.delete(url);
    const document = kept ?? (await this.#client.document(url));
    const found = document.head.metadata.capability;
    if (found === capability) return document;
    await document.close();
    throw new ResourceSyncError('RESOURCESYNC_WRONG_DOCUMENT', `${url} is a ${found}, no ${capability}.`);
  }

  async keep(document: StoredDocument): Promise<void> {
    if (this.#kept.size >= MOST_KEPT || this.#kept.has(document.url)) await document.close();
    else this.#kept.set(document.url, document);
  }

  /** The document itself, or those that it is an index of, one after another; each is closed when the next is asked for. */
  async *leaves(url: string, capability: ListCapability, options: LeafOptions): AsyncGenerator<Leaf> {
    const document = await this.open(url, capability);
    if (document.head.root === 'urlset') {
      yield* given({ document, above: '', isPart: false, isNewer: false });
    } else {
      yield* this.#inner(document, capability, options, 1);
    }
  }

  async close(): Promise<void> {
    const documents = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(documents.map((document) => document.close()));
  }

  async *#inner(
    index: StoredDocument,
    capability: ListCapability,
    options: LeafOptions,
    depth: number,
  ): AsyncGenerator<Leaf> {
    const { wanted = () => true, onUnreadable } = options;
    try {
      for await (const entry of index.entries({ onBadEntry: onUnreadable })) {
        if (!wanted(entry)) continue;
        const document = await this.#leafOf(entry, capability, onUnreadable);
        if (document?.head.root === 'sitemapindex' && depth < DEEPEST_INDEX) {
          yield* this.#inner(document, capability, options, depth + 1);
        } else if (document?.head.root === 'sitemapindex') {
          await document.close();
          onUnreadable(
            new ResourceSyncError('RESOURCESYNC_WRONG_DOCUMENT', `${entry.loc} is an index within an index.`),
          );
        } else if (document !== undefined) {
          const isNewer = isBefore(entry.metadata?.at, document.head.metadata.at);
          yield* given({ document, above: stampOf(index), isPart: true, isNewer });
        }
      }
    } finally {
      await index.close();
    }
  }

  async #leafOf(
    { loc }: LeafEntry,
    capability: ListCapability,
    onUnreadable: LeafOptions['onUnreadable'],
  ): Promise<StoredDocument | undefined> {
    try {
      return await this.open(loc, capability);
    } catch (error) {
      if (!(error instanceof ResourceSyncError) || mayPass(error)) throw error;
      onUnreadable(error);
      return undefined;
    }
  }
}

async function* given(leaf: Leaf): AsyncGenerator<Leaf> {
  try {
    yield leaf;
  } finally {
    await leaf.document.close();
  }
}

function isBefore(earlier: string | undefined, later: string | undefined): boolean {
  const [one, other] = [timeSpan(earlier), timeSpan(later)];
  return one !== undefined && other !== undefined && one.last < other.first;
}

/** When a document was made, as it says. */
export function stampOf({ head }: StoredDocument): string {
  return head.metadata.at ?? head.metadata.from ?? '';
}

/** Whether a failure is one of the way to the source, and may not be there the next time. */
export function mayPass({ code, details }: ResourceSyncError): boolean {
  if (code === 'RESOURCESYNC_HTTP_STATUS')
    return Number(details['status']) >= 500 || details['status'] === 429;
  return (
    code === 'RESOURCESYNC_UNREACHABLE' ||
    code === 'RESOURCESYNC_TIMEOUT' ||
    code === 'RESOURCESYNC_RETRY_LATER' ||
    code === 'RESOURCESYNC_DISK'
  );
}
