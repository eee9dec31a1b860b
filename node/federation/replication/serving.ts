import { LRUCache } from 'lru-cache';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import {
  limits,
  type EncodedEntryWithBlock,
  type Request,
  type Response,
} from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { Turns } from '../turns.ts';

/** Bytes of entries that one node is given a second: more than its disk takes in, less than would hold up the others. */
const BYTES_PER_SECOND = 50_000_000;
const BURST_MS = 1_000;
/** Pages that are read or on their way out, some 1 MB each: one a node, however many streams it opens. */
const PAGES_AT_ONCE = 100;
const NODES_KEPT = 2_000;

/** Feeds as they are stored: what is passed on is not read again. */
interface StoredFeeds {
  /** @returns undefined where the feed is not there in whole */
  page(
    node: NodeId,
    after: number,
    limits: { entries: number; bytes: number; upTo: number },
  ): Promise<{ head: SignedHead; entries: readonly EncodedEntryWithBlock[]; more: boolean } | undefined>;
}

/** Who is given pages of feeds, and how fast: each asker in its turn, and none more than so many bytes a second. */
export class Serving {
  readonly #feeds: StoredFeeds;
  readonly #clock: Clock;
  readonly #turns = new Turns({ most: PAGES_AT_ONCE, mostOfOne: 1 });
  /** By when a node has waited for what it was given. */
  readonly #paidBy = new LRUCache<NodeId, number>({ max: NODES_KEPT });

  constructor(options: { feeds: StoredFeeds; clock: Clock }) {
    this.#feeds = options.feeds;
    this.#clock = options.clock;
  }

  /** Answers a question for entries. The asker's turn lasts until the page has gone out. */
  async *page(
    asker: NodeId,
    { node, after, upTo, limit }: Extract<Request, { type: 'entries' }>,
    signal: AbortSignal,
  ): AsyncGenerator<Response> {
    const release = await this.#turns.take(asker);
    try {
      const wait = (this.#paidBy.get(asker) ?? 0) - this.#clock.steady();
      if (wait > 0) await this.#clock.sleep(wait, signal);
      const page = await this.#feeds.page(node, after, { upTo, entries: limit, bytes: limits.pageBytes });
      this.#note(asker, page?.entries.reduce((sum, { encoded }) => sum + encoded.length, 0) ?? 0);
      yield page === undefined ? { type: 'absent' } : { type: 'page', ...page };
    } finally {
      release();
    }
  }

  #note(asker: NodeId, bytes: number): void {
    const from = Math.max(this.#paidBy.get(asker) ?? 0, this.#clock.steady() - BURST_MS);
    this.#paidBy.set(asker, from + (bytes / BYTES_PER_SECOND) * 1_000);
  }
}
