import { DocumentReader } from './document-reader.ts';
import type { DocumentHead, Entry } from './documents.ts';
import { ResourceSyncError } from './errors.ts';
import { inflated } from './inflate.ts';
import { textOf } from './text.ts';

/** What is read of one document at most. Wider than the standard's 50,000 entries and 50 MB, as not all keep to them. */
export interface DocumentLimits {
  entries: number;
  /** After unpacking. */
  bytes: number;
}

/** A document that has been fetched and lies outside memory: its entries can be read again and again, one by one. */
export class StoredDocument {
  readonly url: string;
  readonly head: DocumentHead;
  readonly #bytes: () => AsyncIterable<Uint8Array>;
  readonly #limits: DocumentLimits;
  readonly #close: () => Promise<void>;

  private constructor(
    { url, bytes, limits, close }: StoredBytes & { limits: DocumentLimits },
    head: DocumentHead,
  ) {
    this.url = url;
    this.head = head;
    this.#bytes = bytes;
    this.#limits = limits;
    this.#close = close;
  }

  /** @throws ResourceSyncError where it cannot be read up to its first entry; it is closed then */
  static async open(stored: StoredBytes & { limits: DocumentLimits }): Promise<StoredDocument> {
    try {
      return new StoredDocument(stored, await headOf(stored));
    } catch (error) {
      await stored.close();
      throw error;
    }
  }

  /**
   * The entries in their order. Relative addresses are completed by the document's own.
   * @param options.onBadEntry told of each entry that is left out; without it the first of them is thrown
   */
  async *entries(options: { onBadEntry?: (error: ResourceSyncError) => void } = {}): AsyncGenerator<Entry> {
    for await (const entries of this.#parse(options)) yield* entries;
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async *#parse({
    onBadEntry,
  }: {
    onBadEntry?: (error: ResourceSyncError) => void;
  }): AsyncGenerator<Entry[]> {
    let read: Entry[] = [];
    const reader = new DocumentReader({
      maxEntries: this.#limits.entries,
      onEntry: (entry) => read.push(absolute(entry, this.url)),
      onBadEntry,
    });
    for await (const text of textOf(
      inflated(this.#bytes(), { url: this.url, maxBytes: this.#limits.bytes }),
    )) {
      try {
        reader.write(text);
      } catch (error) {
        // What stands before the damage has been read.
        yield read;
        throw error;
      }
      yield read;
      read = [];
    }
    reader.end();
  }
}

export interface StoredBytes {
  url: string;
  bytes: () => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}

async function headOf({
  url,
  bytes,
  limits,
}: StoredBytes & { limits: DocumentLimits }): Promise<DocumentHead> {
  const reader = new DocumentReader({
    maxEntries: limits.entries,
    onEntry: () => undefined,
    onBadEntry: () => undefined,
  });
  for await (const text of textOf(inflated(bytes(), { url, maxBytes: limits.bytes }))) {
    reader.write(text);
    if (reader.head !== undefined) return reader.head;
  }
  return reader.end();
}

function absolute(entry: Entry, base: string): Entry {
  if (URL.canParse(entry.loc)) return entry;
  if (URL.canParse(entry.loc, base)) return { ...entry, loc: new URL(entry.loc, base).href };
  throw new ResourceSyncError('RESOURCESYNC_BAD_ENTRY', `${entry.loc.slice(0, 200)} is no address.`);
}
