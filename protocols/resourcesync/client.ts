import type { Answer, Clock, Fetch, RetryNotice, RetryPolicy } from '../http/index.ts';
import type { Capability, Entry, Representation } from './documents.ts';
import { ResourceSyncError } from './errors.ts';
import { Fixity } from './fixity.ts';
import { unpacked } from './inflate.ts';
import { Package, type PackageLimits } from './package.ts';
import { getWithRetries } from './retry.ts';
import { StoredDocument } from './stored-document.ts';
import { TemporaryFile } from './temporary-file.ts';

export interface ResourceSyncClientOptions {
  fetch: PostingFetch;
  clock: Clock;
  /** From 0 up to 1; for the jitter of pauses. */
  random?: () => number;
  retries?: Partial<RetryPolicy>;
  limits?: Partial<ClientLimits>;
  /** Told of each request that is made again. */
  onRetry?: (notice: RetryNotice<ResourceSyncError>) => void;
  /** Aborts every request of this client. */
  signal?: AbortSignal;
}

/** What the client needs of `fetch`: lists of wanted resources are posted. */
export type PostingFetch = (
  url: string,
  init: Parameters<Fetch>[1] & { method?: 'POST'; body?: string },
) => ReturnType<Fetch>;

export interface ClientLimits extends PackageLimits {
  /** Bytes of a list as it is sent. */
  listBytes: number;
  /** Bytes of a resource. */
  resourceBytes: number;
  /** Bytes of a package, which lies on disk while it is read. */
  packageBytes: number;
  /** Bytes of a package that is made on demand. */
  onDemandBytes: number;
}

const MEBIBYTE = 1024 * 1024;

const defaultLimits: ClientLimits = {
  listBytes: 256 * MEBIBYTE,
  document: { entries: 250_000, bytes: 512 * MEBIBYTE },
  resourceBytes: 16 * MEBIBYTE,
  memberBytes: 16 * MEBIBYTE,
  packageBytes: 4096 * MEBIBYTE,
  onDemandBytes: 256 * MEBIBYTE,
};

const defaultRetries: RetryPolicy = {
  attempts: 4,
  firstPause: 1000,
  longestPause: 30_000,
  longestRetryAfter: 600_000,
};

const SECOND = 1000;
const HOUR = 3_600_000;

export interface Resource {
  bytes: Uint8Array;
  contentType: string | undefined;
}

/**
 * A Destination's end of ResourceSync (ANSI/NISO Z39.99-2017): fetches documents, resources and packages, and holds them
 * against what the lists tell of them.
 *
 * ```ts
 * const client = new ResourceSyncClient({ fetch, clock });
 * const { sets } = await findSets(client, 'https://repository.example/');
 * const list = await client.document(sets[0].documents.resourcelist);
 * for await (const entry of list.entries()) save(entry, await client.resource(entry));
 * await list.close();
 * ```
 *
 * All methods throw `ResourceSyncError`, or the reason of the signal that aborted them.
 */
export class ResourceSyncClient {
  readonly #options: ResourceSyncClientOptions;
  readonly limits: ClientLimits;

  constructor(options: ResourceSyncClientOptions) {
    this.#options = options;
    this.limits = { ...defaultLimits, ...options.limits };
  }

  /** Fetches a document, for the caller to close: a long list is worked on for longer than its server waits. */
  async document(url: string): Promise<StoredDocument> {
    const file = await this.#store(url, {}, { maxBytes: this.limits.listBytes, accept: XML });
    return await StoredDocument.open({
      url,
      bytes: () => file.range(),
      close: () => file.close(),
      limits: this.limits.document,
    });
  }

  /** Fetches what an entry of a list tells of. Bytes that are not those that it tells of are fetched once more. */
  async resource({ loc, metadata = {} }: Pick<Entry, 'loc' | 'metadata'>): Promise<Resource> {
    const accept = metadata.type === undefined ? ANY_METADATA : `${metadata.type}, */*;q=0.1`;
    const maxBytes = this.limits.resourceBytes;
    return await this.#get(loc, { maxBytes, accept }, async (answer) => {
      const fixity = new Fixity(metadata);
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) {
        fixity.add(chunk);
        chunks.push(chunk);
      }
      fixity.check(loc, answer.recoded);
      const bytes = await unpacked(Buffer.concat(chunks), { url: loc, maxBytes });
      return { bytes, contentType: answer.contentType };
    });
  }

  /**
   * Fetches what is left at the address of a resource that is said to be deleted, if anything: a tombstone, sent with
   * status 404 or 410.
   */
  async remains(url: string): Promise<Resource | undefined> {
    let remains: Resource | undefined;
    const read = async ({ body, contentType, status }: Answer): Promise<void> => {
      if (status !== 404 && status !== 410) return;
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      remains = { bytes: Buffer.concat(chunks), contentType };
    };
    const options = { maxBytes: MEBIBYTE, accept: 'application/ld+json', refusals: read };
    await this.#get(url, options, () => Promise.resolve()).catch((error: unknown) => {
      const isRefusal = error instanceof ResourceSyncError && Number(error.details['status'] ?? 500) < 500;
      if (!isRefusal) throw error;
    });
    return remains;
  }

  /** Fetches a package of a dump, for the caller to close. */
  async package({ loc, metadata = {} }: Entry, capability: Capability): Promise<Package> {
    const options = { maxBytes: this.limits.packageBytes, accept: ZIP, complete: 4 * HOUR };
    const file = await this.#store(loc, metadata, options);
    return await Package.open({ url: loc, file, capability, limits: this.limits });
  }

  /**
   * Posts a list of wanted resources to where a source offers on-demand dumps (docs/resourcesync.md), and fetches the one
   * package of them, for the caller to close. It is asked for twice at most, as there is another way to the resources.
   */
  async onDemand(url: string, locs: Iterable<string>): Promise<Package> {
    const post = JSON.stringify([...locs]);
    const options = { maxBytes: this.limits.onDemandBytes, accept: ZIP, post, attempts: 2 };
    const file = await this.#store(url, {}, options);
    return await Package.open({ url, file, capability: 'resourcedump-manifest', limits: this.limits });
  }

  async #store(url: string, told: Representation, options: GetOptions): Promise<TemporaryFile> {
    const file = await TemporaryFile.create();
    try {
      await this.#get(url, options, async (answer) => {
        await file.clear();
        const fixity = new Fixity(told);
        for await (const chunk of answer.body) {
          fixity.add(chunk);
          await file.append(chunk);
        }
        fixity.check(url, answer.recoded);
      });
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #get<T>(url: string, options: GetOptions, read: (answer: Answer) => Promise<T>): Promise<T> {
    const { fetch, clock, random = Math.random, onRetry = () => undefined, signal, retries } = this.#options;
    const { accept, maxBytes, complete = HOUR, refusals, post, attempts } = options;
    const policy = { ...defaultRetries, ...retries };
    return await getWithRetries(
      url,
      {
        fetch: post === undefined ? fetch : posting(fetch, post),
        clock,
        accept,
        limits: { maxBytes, answerWithin: 60 * SECOND, completeWithin: complete },
        signal,
        random,
        onRetry,
        refusals,
        policy: { ...policy, attempts: Math.min(policy.attempts, attempts ?? Infinity) },
      },
      read,
    );
  }
}

interface GetOptions {
  accept: string;
  maxBytes: number;
  /** Milliseconds until the body has ended. */
  complete?: number;
  refusals?: (answer: Answer) => Promise<void>;
  /** JSON that is posted; without it, the request is a GET. */
  post?: string;
  /** Requests at most, where they are fewer than usual. */
  attempts?: number;
}

function posting(fetch: PostingFetch, body: string): Fetch {
  return (url, { headers, signal }) =>
    fetch(url, { headers: { ...headers, 'content-type': 'application/json' }, signal, method: 'POST', body });
}

const XML = 'application/xml, text/xml;q=0.9, application/gzip;q=0.8, */*;q=0.1';
const ZIP = 'application/zip, */*;q=0.1';
const ANY_METADATA =
  'application/xml, text/xml;q=0.9, application/ld+json;q=0.9, application/json;q=0.8, */*;q=0.1';
