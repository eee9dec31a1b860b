import type { z } from 'zod';
import { OaiPmhClient } from '../../protocols/oai-pmh/index.ts';
import { ResourceSyncClient, type Entry } from '../../protocols/resourcesync/index.ts';
import { linksOf, parseLinkHeader, type TypedLink } from '../../protocols/signposting/index.ts';
import type { Clock } from '../clock.ts';
import type { Fetch } from '../outbound/index.ts';
import { CheckFailed } from './errors.ts';

const MEBIBYTE = 1024 * 1024;
/** Of one answer. */
const MOST_BYTES = 8 * MEBIBYTE;
/** A list of ResourceSync may have 50 MB (ANSI/NISO Z39.99-2017, section 7); it is kept on disk. */
const MOST_LIST_BYTES = 64 * MEBIBYTE;

/** Of a list of ResourceSync, enough to tell a share from. */
const ENTRIES = 100;

/** What came of a request. */
export interface Answer {
  address: string;
  status: number;
  headers: Headers;
  text: string;
}

interface VisitorOptions {
  /** Reaches the node alone. */
  fetch: Fetch;
  /** The node's base URL, without a slash at its end. */
  base: string;
  clock: Clock;
  /** Ends every request of the visit. */
  signal: AbortSignal;
}

/**
 * A client from outside that looks at one node, for as long as one run of checks. It keeps what it has found, so that
 * several checks can look at the same record. What a check does not expect it throws as `CheckFailed`.
 */
export class Visitor {
  readonly base: string;
  readonly sync: ResourceSyncClient;
  readonly oai: OaiPmhClient;
  /** For what makes its own requests. */
  readonly exchange: { fetch: Fetch; within: number; signal: AbortSignal };
  readonly #found = new Map<unknown, Promise<unknown>>();
  readonly #lists = new Map<string, Promise<readonly Entry[]>>();

  constructor({ fetch, base, clock, signal }: VisitorOptions) {
    this.base = base;
    this.exchange = { fetch, within: 60_000, signal };
    const once = { fetch, clock, signal, retries: { attempts: 1, firstPause: 0 } };
    this.sync = new ResourceSyncClient({
      ...once,
      limits: { listBytes: MOST_LIST_BYTES, resourceBytes: MOST_BYTES },
    });
    this.oai = new OaiPmhClient({ ...once, baseUrl: `${base}/oai`, maxBytes: MOST_BYTES, ahead: false });
  }

  /** Makes a request. @param path under the base URL, or a whole address */
  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const { fetch, signal } = this.exchange;
    const address = path.startsWith('/') ? this.base + path : path;
    const response = await fetch(address, { ...init, signal });
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > MOST_BYTES) {
        throw new CheckFailed({ kind: 'unreadable', address, reason: `more than ${MOST_BYTES} bytes` });
      }
      pieces.push(piece);
    }
    const { status, headers } = response;
    return { address, status, headers, text: Buffer.concat(pieces).toString() };
  }

  /** The same, where only one status is right. */
  async expect(status: number, path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await this.ask(path, init);
    if (answer.status === status) return answer;
    throw new CheckFailed({ kind: 'status', address: answer.address, status: answer.status });
  }

  /** What is there, in a media type. */
  async get(path: string, type: string): Promise<Answer> {
    const answer = await this.expect(200, path, { headers: { accept: type } });
    const given = answer.headers.get('content-type') ?? '';
    if (given.split(';', 1)[0]?.trim().toLowerCase() === type) return answer;
    throw new CheckFailed({ kind: 'lacks', address: answer.address, what: `Content-Type: ${type}` });
  }

  /** The JSON-LD that is there, in the shape of a schema. */
  async json<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return readJson(await this.get(path, 'application/ld+json'), schema);
  }

  /** The first entries of a list of ResourceSync, or of the first list of an index that has any. It is fetched once a run. */
  entries(address: string): Promise<readonly Entry[]> {
    let entries = this.#lists.get(address);
    if (entries === undefined) {
      entries = this.#readEntries(address);
      this.#lists.set(address, entries);
    }
    return entries;
  }

  async #readEntries(address: string, isInIndex = false): Promise<readonly Entry[]> {
    const document = await this.sync.document(address);
    const entries: Entry[] = [];
    try {
      if (isInIndex && document.head.root === 'sitemapindex') {
        throw new CheckFailed({ kind: 'unreadable', address, reason: 'an index within an index' });
      }
      for await (const entry of document.entries()) {
        if (document.head.root === 'sitemapindex') {
          const inner = await this.#readEntries(entry.loc, true);
          if (inner.length > 0) return inner;
        } else if (entries.push(entry) === ENTRIES) break;
      }
      return entries;
    } finally {
      await document.close();
    }
  }

  /** Finds something once a run, however many ask for it. */
  once<T>(find: (visitor: Visitor) => Promise<T>): Promise<T> {
    let found = this.#found.get(find) as Promise<T> | undefined;
    if (found === undefined) {
      found = find(this);
      this.#found.set(find, found);
    }
    return found;
  }
}

/** @throws CheckFailed where it is no JSON, or of another shape */
export function readJson<T>({ address, text }: Answer, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CheckFailed({ kind: 'unreadable', address, reason: String(error) });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new CheckFailed({ kind: 'lacks', address, what: result.error.issues[0]?.path.join('.') ?? '' });
}

/** The links of an answer’s header, of one type, whose case does not count (RFC 8288). @throws CheckFailed where it has none */
export function linksIn(answer: Answer, rel: string): [TypedLink, ...TypedLink[]] {
  const { address, headers } = answer;
  const [first, ...others] = linksOf(
    parseLinkHeader(headers.get('link') ?? '', address),
    address,
    rel.toLowerCase(),
  );
  if (first === undefined) throw new CheckFailed({ kind: 'no-link', address, rel });
  return [first, ...others];
}
