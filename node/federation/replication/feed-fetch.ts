import { SpanKind } from '@opentelemetry/api';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import { limits, type ReplicationClient } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { FeedError, isComplete, type Catalogue, type CheckedPage } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import { inSpan, type SpanOptions } from '../../telemetry/index.ts';
import type { Turns } from '../turns.ts';
import { checkPage } from './page-order.ts';
import { Windows, type FeedWindow } from './windows.ts';

/** Windows asked of one source at a time: one on its way while it makes ready the next. */
const ASKED_OF_ONE = 2;
/** An answer that is not here by then leaves its turn to other feeds, so that slow nodes hold nobody up. */
const PATIENCE_MS = 1_000;
/** By then another source is asked for the same. */
const LATE_MS = 4_000;

/** What became of a fetch; `behind`: the sources had no more to give. */
export type FetchResult = 'complete' | 'behind' | { diverged: SignedHead };

interface Source {
  node: NodeId;
  client: ReplicationClient | undefined;
  /** Up to where it has the feed, as far as is known. */
  upTo: number;
  asked: number;
  isLate: boolean;
}

interface Arrival {
  window: FeedWindow;
  page: CheckedPage;
  source: Source;
  release: () => void;
}

/**
 * One fetch of one feed, from several sources side by side: each window is asked of one of them, and what comes is taken
 * in in feed order. Where a source fails, or is late, its windows go to the others.
 *
 * Sources may be at different heads. That is well: entries of a window that stand at the newest head stand at every older
 * one that covers the window, and what was replaced since comes again in a later window. So in the end the copy is held
 * against the newest head that came.
 */
export class FeedFetch {
  readonly #feed: NodeId;
  readonly #catalogue: Catalogue;
  readonly #clientOf: (node: NodeId) => Promise<ReplicationClient>;
  readonly #turns: Turns;
  readonly #isWanted: () => boolean;
  readonly #onTaken: (fresh: number, received: number) => Promise<void>;
  readonly #onHead: (head: SignedHead) => void;
  readonly #onFailed: (source: NodeId, error: unknown) => void;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  readonly #signal: AbortSignal;
  readonly #windows: Windows;
  readonly #candidates: (asked: ReadonlySet<NodeId>) => readonly [node: NodeId, upTo: number][];
  readonly #mostSources: number;
  readonly #sources: Source[] = [];
  readonly #askedEver = new Set<NodeId>();
  readonly #arrivals = new Map<FeedWindow, Arrival>();
  readonly #gave = new Set<NodeId>();
  #newest: SignedHead | undefined;
  #asked = 0;
  #changed: () => void = () => undefined;

  constructor(options: {
    feed: NodeId;
    /** From where to where it is to be fetched. */
    range: { after: number; upTo: number };
    /** Who can be asked now, the best first, with the place up to which each has the feed; not those of `asked`. */
    sources: (asked: ReadonlySet<NodeId>) => readonly [node: NodeId, upTo: number][];
    /** Asked at the same time, at the most. */
    mostSources: number;
    catalogue: Catalogue;
    clientOf: (node: NodeId) => Promise<ReplicationClient>;
    turns: Turns;
    /** Whether the feed is still followed. */
    isWanted: () => boolean;
    /** Called with what each page brought; no more is taken in until it resolves. */
    onTaken: (fresh: number, received: number) => Promise<void>;
    /** Called in the end with the newest head that came, its signature checked. */
    onHead: (head: SignedHead) => void;
    /** Called with each source that failed, with the reason; none where it has not the whole feed any more. */
    onFailed: (source: NodeId, error: unknown) => void;
    clock: Clock;
    signal: AbortSignal;
  }) {
    this.#feed = options.feed;
    this.#windows = new Windows(options.range);
    this.#candidates = options.sources;
    this.#mostSources = options.mostSources;
    this.#catalogue = options.catalogue;
    this.#clientOf = options.clientOf;
    this.#turns = options.turns;
    this.#isWanted = options.isWanted;
    this.#onTaken = options.onTaken;
    this.#onHead = options.onHead;
    this.#onFailed = options.onFailed;
    this.#clock = options.clock;
    this.#signal = AbortSignal.any([options.signal, this.#over.signal]);
    this.#signal.addEventListener('abort', () => this.#changed(), { once: true });
  }

  /** The sources that were asked. */
  get asked(): ReadonlySet<NodeId> {
    return this.#askedEver;
  }

  /** The sources whose pages were taken in. */
  get gave(): ReadonlySet<NodeId> {
    return this.#gave;
  }

  async run(): Promise<FetchResult> {
    try {
      for (;;) {
        this.#signal.throwIfAborted();
        if (!this.#isWanted()) return 'behind';
        this.#ask();
        const { first } = this.#windows;
        const arrival = first === undefined ? undefined : this.#arrivals.get(first);
        if (arrival !== undefined) await this.#take(arrival);
        else if (this.#windows.isDone) return await this.#agreement();
        else if (this.#asked === 0) return 'behind';
        else await this.#change();
      }
    } finally {
      this.#over.abort();
      for (const { release } of this.#arrivals.values()) release();
    }
  }

  #ask(): void {
    this.#addSources();
    for (const source of this.#sources) {
      const isSpared = source.isLate && this.#sources.some(({ isLate }) => !isLate);
      if (isSpared) continue;
      while (source.asked < ASKED_OF_ONE) {
        const window = this.#windows.next(source.upTo);
        if (window === undefined) break;
        source.asked += 1;
        this.#asked += 1;
        this.#fetch(source, window)
          .catch((error: unknown) => this.#fail(source, error))
          .finally(() => {
            this.#windows.giveBack(window);
            source.asked -= 1;
            this.#asked -= 1;
            this.#changed();
          });
      }
    }
  }

  /** Others may have come since, who hold the feed. */
  #addSources(): void {
    if (this.#sources.length >= this.#mostSources) return;
    for (const [node, upTo] of this.#candidates(this.#askedEver)) {
      if (this.#sources.length >= this.#mostSources) return;
      this.#askedEver.add(node);
      this.#sources.push({ node, client: undefined, upTo, asked: 0, isLate: false });
    }
  }

  async #fetch(source: Source, window: FeedWindow): Promise<void> {
    const release = await this.#turns.take(this.#feed);
    const answered = new AbortController();
    let isKept = false;
    try {
      if (this.#signal.aborted || !this.#sources.includes(source)) return;
      source.client ??= await this.#clientOf(source.node);
      this.#after(PATIENCE_MS, answered.signal, release);
      this.#after(LATE_MS, answered.signal, () => this.#onLate(source, window, answered.signal));
      const { after, upTo } = window;
      // Not ended with this fetch: the stream is for other feeds too, and what comes late is left.
      const { client } = source;
      const frame = await inSpan('replication.page', this.#spanOf(source, window), () =>
        client.entries(this.#feed, { after, upTo, limit: limits.entries }),
      );
      answered.abort();
      if (this.#signal.aborted) return;
      const page = await this.#catalogue.check(frame);
      if (page === undefined) {
        this.#drop(source);
        this.#onFailed(source.node, undefined);
        return;
      }
      checkPage(page, this.#feed, window);
      source.upTo = page.head.seq;
      if (this.#signal.aborted || !this.#windows.arrived(window)) return;
      this.#arrivals.set(window, { window, page, source, release });
      isKept = true;
    } finally {
      answered.abort();
      if (!isKept) release();
    }
  }

  #spanOf({ node }: Source, { after, upTo }: FeedWindow): SpanOptions {
    const attributes = { 'ngr.feed': this.#feed, 'ngr.peer': node, 'ngr.after': after };
    return {
      kind: SpanKind.CLIENT,
      attributes: { ...attributes, ...(Number.isFinite(upTo) && { 'ngr.up_to': upTo }) },
    };
  }

  async #take({ window, page, source, release }: Arrival): Promise<void> {
    this.#arrivals.delete(window);
    try {
      const fresh = await this.#catalogue.take(page).catch((error: unknown) => {
        if (!(error instanceof FeedError)) throw error;
        this.#windows.refused(window);
        this.#fail(source, error);
        return undefined;
      });
      if (fresh === undefined) return;
      this.#gave.add(source.node);
      this.#windows.taken(page);
      if (this.#newest === undefined || isNewer(page.head, this.#newest)) this.#newest = page.head;
      this.#windows.extend(page.head.seq);
      await this.#onTaken(fresh, page.changes.length);
    } finally {
      release();
    }
  }

  async #agreement(): Promise<FetchResult> {
    const head = this.#newest;
    if (head === undefined) return 'behind';
    this.#onHead(head);
    const agreement = await this.#catalogue.confirm(head);
    if (agreement === 'diverged') return { diverged: head };
    // Changes that came by gossip meanwhile may have brought the copy further, to a head of their own.
    const state = this.#catalogue.feeds.state(this.#feed);
    return agreement !== 'behind' && state !== undefined && isComplete(state) ? 'complete' : 'behind';
  }

  #fail(source: Source, error: unknown): void {
    if (this.#signal.aborted) return;
    // What was unpacked was no page: it is not known what would come next on the stream.
    source.client?.end(error as Error);
    // Of two answers that fail, the first tells.
    if (!this.#sources.includes(source)) return;
    this.#drop(source);
    this.#onFailed(source.node, error);
  }

  #drop(source: Source): void {
    const at = this.#sources.indexOf(source);
    if (at >= 0) this.#sources.splice(at, 1);
  }

  /** Looks again as long as the answer is not there: who can be asked instead may come later. */
  #onLate(source: Source, window: FeedWindow, answered: AbortSignal): void {
    source.isLate = true;
    this.#addSources();
    if (this.#sources.some(({ isLate }) => !isLate)) {
      this.#windows.giveBack(window);
      this.#changed();
    } else this.#after(LATE_MS, answered, () => this.#onLate(source, window, answered));
  }

  #after(ms: number, over: AbortSignal, act: () => void): void {
    this.#clock.sleep(ms, AbortSignal.any([over, this.#signal])).then(act, () => undefined);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}

function isNewer(head: SignedHead, than: SignedHead): boolean {
  return head.seq > than.seq || (head.seq === than.seq && head.time > than.time);
}
