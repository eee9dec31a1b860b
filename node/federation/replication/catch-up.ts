import type { Logger } from 'pino';
import type { Fork, SignedHead } from '../../../protocols/heads/index.ts';
import { limits } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { FeedError, ForkError, isComplete, type Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import { runJob, type Job } from '../../telemetry/index.ts';
import type { Directory } from '../heads/directory.ts';
import type { Quotas } from '../membership/quotas.ts';
import type { Network } from '../network/network.ts';
import type { FederationMetrics } from '../peers/metrics.ts';
import { isOfOwnStore } from '../peers/refusals.ts';
import { Turns } from '../turns.ts';
import type { Clients } from './clients.ts';
import { FeedFetch, type FetchResult } from './feed-fetch.ts';

/** Pages of all feeds that are on their way or wait to be taken in: some 1 MB each, a few times that once unpacked. */
export const PAGES_IN_FLIGHT = 16;
/** A long gap is fetched from so many side by side. */
const SOURCES_AT_ONCE = 4;
/** Until a feed that even its origin gave otherwise than its head says is read in whole again. */
const RESCAN_PAUSE_MS = 10 * 60_000;
/** After the store has refused a page: what a full disk does not take in is not to be fetched again at every round. */
const STORE_PAUSE_MS = 60_000;

/**
 * Fetches what is missing of the feeds that this node follows, from their origins and from whoever else has them in
 * whole. It is told what is wanted, and ends when the copy agrees with a head that the origin signed. All wanted feeds are
 * fetched side by side, page by page in turns (`turns.ts`), each from several sources (`feed-fetch.ts`).
 *
 * The cursor of a feed is the place of the last entry in the catalogue, so a broken-off fetch goes on where it was.
 * Where the copy does not agree with the head in the end, the feed is read from its beginning, from one source after
 * another; what is known already costs its transfer and changes nothing. Entries that are missing are noted against
 * the source, where there was one. Entries too many are not: their origin signed two things for one place, or went back to
 * an old backup.
 */
export class CatchUp {
  readonly #catalogue: Catalogue;
  readonly #network: Network;
  readonly #clients: Clients;
  readonly #directory: Directory;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #quotas: Quotas;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #onFork: (fork: Fork) => void;
  readonly #onFetched: (entries: number) => void;
  readonly #metrics: FederationMetrics;
  readonly #log: Logger;
  readonly #turns = new Turns({ most: PAGES_IN_FLIGHT });
  readonly #wanted = new Set<NodeId>();
  readonly #running = new Map<NodeId, Promise<void>>();
  /** Feeds to be read from the beginning. */
  readonly #rescan = new Set<NodeId>();
  /** When a feed was last read from the beginning at its origin, and still did not agree. */
  readonly #disagreed = new Map<NodeId, number>();
  /** Before then nothing is fetched. */
  #restsUntil = 0;
  readonly #clock: Clock;
  #abort = new AbortController();

  constructor(options: {
    catalogue: Catalogue;
    network: Network;
    clients: Clients;
    directory: Directory;
    isFollowed: (node: NodeId) => boolean;
    quotas: Quotas;
    /** Notes what a node did wrong. */
    refuse: (node: NodeId, error: unknown) => void;
    /** Called with the proof that a node has signed two histories. */
    onFork: (fork: Fork) => void;
    /** Called when a feed has been brought up to a head, with the number of entries that were new. */
    onFetched: (entries: number) => void;
    metrics: FederationMetrics;
    clock: Clock;
    log: Logger;
  }) {
    this.#catalogue = options.catalogue;
    this.#network = options.network;
    this.#clients = options.clients;
    this.#directory = options.directory;
    this.#isFollowed = options.isFollowed;
    this.#quotas = options.quotas;
    this.#refuse = options.refuse;
    this.#onFork = options.onFork;
    this.#onFetched = options.onFetched;
    this.#metrics = options.metrics;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): void {
    this.#abort = new AbortController();
  }

  async stop(): Promise<void> {
    this.#wanted.clear();
    this.#abort.abort();
    await Promise.allSettled(this.#running.values());
  }

  /** Asks for a feed to be brought up to the newest head that is known of it. Returns at once. */
  want(node: NodeId): void {
    if (this.#abort.signal.aborted) return;
    this.#wanted.add(node);
    this.#next();
  }

  #next(): void {
    for (const node of this.#wanted) {
      if (this.#running.has(node)) continue;
      this.#wanted.delete(node);
      const run = this.#bringUp(node)
        .catch((error: unknown) => {
          if (error instanceof ForkError) this.#onFork(error.fork);
          else if (isOfOwnStore(error)) this.#restsUntil = this.#clock.steady() + STORE_PAUSE_MS;
        })
        .finally(() => {
          this.#running.delete(node);
          this.#next();
        });
      this.#running.set(node, run);
    }
  }

  /** Where there is something to fetch, and somebody to ask. */
  async #bringUp(node: NodeId): Promise<void> {
    const upTo = this.#directory.feed(node)?.newest.seq ?? 0;
    if (this.#clock.steady() < this.#restsUntil) return;
    if (!this.#isBehind(node, upTo) || this.#sources(node, new Set()).length === 0) return;
    const job = {
      kind: 'catch-up',
      of: { feed: node },
      words: { done: 'a feed was fetched as far as others have it', failed: 'catching up failed' },
      log: this.#log,
      clock: this.#clock,
      isSmall: true,
      signal: this.#abort.signal,
    } as const;
    await runJob(job, (running) => this.#bringUpTo(upTo, node, running));
  }

  /** @param upTo what comes to be known meanwhile is brought by gossip, or wanted anew */
  async #bringUpTo(upTo: number, node: NodeId, job: Job): Promise<void> {
    let taken = 0;
    const tried = new Set<NodeId>();
    while (!this.#abort.signal.aborted && this.#isBehind(node, upTo)) {
      const fromStart = this.#rescan.has(node);
      if (this.#sources(node, tried).length === 0) return;
      const { result, asked, gave, entries } = await this.#fetch(node, tried, fromStart, job.log);
      taken += entries;
      job.tell({ entries: taken, from: asked.size });
      for (const source of asked) tried.add(source);
      if (result === 'complete') {
        this.#rescan.delete(node);
        this.#disagreed.delete(node);
        this.#onFetched(entries);
      } else if (result === 'behind') {
        for (const source of asked) this.#directory.setAside(node, source);
      } else {
        this.#onDiverged([...gave], result.diverged, fromStart);
        // To be read from its beginning now, by the same sources too.
        if (!fromStart && this.#rescan.has(node)) for (const source of gave) tried.delete(source);
      }
    }
  }

  #isBehind(node: NodeId, upTo: number): boolean {
    if (!this.#isFollowed(node)) return false;
    if (this.#rescan.has(node)) return true;
    const state = this.#catalogue.feeds.state(node);
    if (this.#directory.feed(node) === undefined) return false;
    return state === undefined || !isComplete(state) || state.seq < upTo;
  }

  /** Who can be asked: the origin if it is there, then who has most of the feed. */
  #sources(node: NodeId, tried: ReadonlySet<NodeId>): [source: NodeId, upTo: number][] {
    const connected = new Set(this.#network.connected());
    const have = this.#catalogue.feeds.state(node);
    const enough = have === undefined ? 0 : isComplete(have) ? have.seq + 1 : have.seq;
    const holders = this.#directory
      .holders(node)
      .filter(([holder, seq]) => holder !== node && seq >= enough)
      .sort(([a, seqA], [b, seqB]) => seqB - seqA || (a < b ? -1 : 1));
    const origin: [NodeId, number] = [node, Infinity];
    return [origin, ...holders].filter(([source]) => connected.has(source) && !tried.has(source));
  }

  /** A short gap is not worth asking several for it, and a copy that disagrees is read from one, so that it can be told whose fault it is. */
  #sourcesFor(node: NodeId): number {
    const have = this.#catalogue.feeds.state(node)?.seq ?? 0;
    const gap = (this.#directory.feed(node)?.newest.seq ?? have) - have;
    return this.#rescan.has(node) || gap <= limits.entries ? 1 : SOURCES_AT_ONCE;
  }

  async #fetch(
    feed: NodeId,
    tried: ReadonlySet<NodeId>,
    fromStart: boolean,
    log: Logger,
  ): Promise<{
    result: FetchResult;
    asked: ReadonlySet<NodeId>;
    gave: ReadonlySet<NodeId>;
    entries: number;
  }> {
    const have = this.#catalogue.feeds.state(feed)?.seq ?? 0;
    const after = fromStart ? 0 : have;
    const upTo = Math.max(have, this.#directory.feed(feed)?.newest.seq ?? 0);
    const { signal } = this.#abort;
    let entries = 0;
    const fetch = new FeedFetch({
      feed,
      range: { after, upTo },
      sources: (asked) => this.#sources(feed, new Set([...tried, ...asked])),
      mostSources: this.#sourcesFor(feed),
      catalogue: this.#catalogue,
      clientOf: (source) => this.#clients.get(source),
      turns: this.#turns,
      isWanted: () => this.#isFollowed(feed),
      onTaken: async (fresh, received) => {
        this.#metrics.pagesReceived.inc();
        this.#metrics.entriesReceived.inc(fresh);
        entries += fresh;
        const pause = this.#quotas.took(feed, received);
        if (pause > 0) await this.#clock.sleep(pause, signal);
      },
      onHead: (head) => {
        const fork = this.#directory.forkWith(head);
        if (fork !== undefined) this.#onFork(fork);
        this.#directory.noteHead(head);
      },
      onFailed: (source, error) => {
        this.#directory.setAside(feed, source);
        // Who carries what a node signed is not to blame for it.
        if (error instanceof ForkError) this.#onFork(error.fork);
        else if (error !== undefined) this.#refuse(source, error);
        log.debug({ err: error, source }, 'a source failed, others are asked');
      },
      clock: this.#clock,
      signal,
    });
    const result = await fetch.run();
    return { result, asked: fetch.asked, gave: fetch.gave, entries };
  }

  /** Reads a feed from its beginning, since what is here does not agree with its head. */
  repair(node: NodeId): void {
    this.#wantRescan(node);
    this.want(node);
  }

  #wantRescan(node: NodeId): void {
    const last = this.#disagreed.get(node);
    if (last === undefined || this.#clock.steady() - last >= RESCAN_PAUSE_MS) this.#rescan.add(node);
  }

  #onDiverged(gave: readonly NodeId[], head: SignedHead, fromStart: boolean): void {
    const { node } = head;
    const live = this.#catalogue.feeds.state(node)?.live ?? 0;
    const [source, ...others] = gave;
    const wholeFromOrigin = fromStart && source === node;
    // Entries that the head does not count were signed by the origin too: whoever else passes them on is not to blame.
    if (source !== undefined && others.length === 0 && (live < head.live || wholeFromOrigin))
      this.#refuse(source, diverged(source, node));
    if (wholeFromOrigin) this.#disagreed.set(node, this.#clock.steady());
    if (fromStart) this.#rescan.delete(node);
    else this.#wantRescan(node);
    this.#log.warn({ feed: node, sources: gave, fromStart }, 'a copy does not agree with its head');
  }
}

function diverged(source: NodeId, node: NodeId): FeedError {
  return new FeedError(
    'FEED_DIVERGED',
    `What ${source} sent of the feed of ${node} does not agree with its head.`,
    {
      remedy:
        'Nothing to do here: the feed is read again from another peer. If it comes back, run `ngr check`.',
    },
  );
}
