import type { Logger } from 'pino';
import type { SignedHead } from '../../protocols/heads/index.ts';
import { limits, type EntriesPage } from '../../protocols/replication/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { FeedError, isComplete, type Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { FederationMetrics } from './metrics.ts';
import type { Network } from './network.ts';
import type { Quotas } from './quotas.ts';

/** Feeds fetched side by side. */
const AT_ONCE = 4;
/** Until a feed that even its origin gave otherwise than its head says is read in whole again. */
const RESCAN_PAUSE_MS = 10 * 60_000;

/**
 * Fetches what is missing of the feeds that this node follows, from their origins or from whoever else has them in
 * whole. It is told what is wanted, and ends when the copy agrees with a head that the origin signed.
 *
 * The cursor of a feed is the place of the last entry in the catalogue, so a broken-off fetch goes on where it was.
 * Where the copy does not agree with the head in the end, the feed is read from its beginning, from another source if
 * there is one; what is known already costs its transfer and changes nothing. Entries that are missing are noted against
 * the source. Entries too many are not: their origin signed two things for one place, or went back to an old backup.
 */
export class CatchUp {
  readonly #catalogue: Catalogue;
  readonly #network: Network;
  readonly #clients: Clients;
  readonly #directory: Directory;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #quotas: Quotas;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #onFetched: () => void;
  readonly #metrics: FederationMetrics;
  readonly #log: Logger;
  readonly #wanted = new Set<NodeId>();
  readonly #running = new Map<NodeId, Promise<void>>();
  /** Feeds to be read from the beginning. */
  readonly #rescan = new Set<NodeId>();
  /** When a feed was last read from the beginning at its origin, and still did not agree. */
  readonly #disagreed = new Map<NodeId, number>();
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
    /** Called when a feed has been brought up to a head. */
    onFetched: () => void;
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
      if (this.#running.size >= AT_ONCE) return;
      if (this.#running.has(node)) continue;
      this.#wanted.delete(node);
      const run = this.#bringUp(node)
        .catch((error: unknown) => this.#log.error({ err: error, feed: node }, 'catching up failed'))
        .finally(() => {
          this.#running.delete(node);
          this.#next();
        });
      this.#running.set(node, run);
    }
  }

  async #bringUp(node: NodeId): Promise<void> {
    const tried = new Set<NodeId>();
    while (!this.#abort.signal.aborted && this.#isBehind(node)) {
      const source = this.#nextSource(node, tried);
      if (source === undefined) return;
      tried.add(source);
      try {
        const isRescan = this.#rescan.has(node);
        const complete = await this.#fetchFrom(source, node);
        if (complete) this.#onFetched();
        // To be read from its beginning now, by the same source too.
        else if (!isRescan && this.#rescan.has(node)) tried.delete(source);
        else this.#directory.setAside(node, source);
      } catch (error) {
        if (this.#abort.signal.aborted) return;
        this.#directory.setAside(node, source);
        this.#refuse(source, error);
        this.#log.debug({ err: error, feed: node, source }, 'a source failed, another one is tried');
      }
    }
  }

  #isBehind(node: NodeId): boolean {
    if (!this.#isFollowed(node)) return false;
    if (this.#rescan.has(node)) return true;
    const newest = this.#directory.feed(node)?.newest;
    const state = this.#catalogue.feeds.state(node);
    if (newest === undefined) return false;
    return state === undefined || !isComplete(state) || state.seq < newest.seq;
  }

  /** The origin if it is there, else who has most of the feed. */
  #nextSource(node: NodeId, tried: ReadonlySet<NodeId>): NodeId | undefined {
    const connected = new Set(this.#network.connected());
    if (connected.has(node) && !tried.has(node)) return node;
    const have = this.#catalogue.feeds.state(node);
    const enough = have === undefined ? 0 : isComplete(have) ? have.seq + 1 : have.seq;
    return this.#directory
      .holders(node)
      .filter(([holder, seq]) => connected.has(holder) && !tried.has(holder) && seq >= enough)
      .sort(([a, seqA], [b, seqB]) => seqB - seqA || (a < b ? -1 : 1))[0]?.[0];
  }

  /** @returns whether the source had the whole feed to give */
  async #fetchFrom(source: NodeId, node: NodeId): Promise<boolean> {
    const { signal } = this.#abort;
    const client = await this.#clients.get(source);
    const fromStart = this.#rescan.has(node);
    let after = fromStart ? 0 : (this.#catalogue.feeds.state(node)?.seq ?? 0);
    const ask = (): Promise<EntriesPage | undefined> => client.entries(node, after, limits.entries, signal);
    let asked = ask();
    for (;;) {
      const page = await asked;
      if (page === undefined) return false;
      checkPage(page, node, after);
      // It may be followed no longer since it was asked for, for what came before.
      if (!this.#isFollowed(node)) return false;
      after = page.entries.at(-1)?.entry.seq ?? after;
      if (page.more) {
        // The next page is on its way while this one is checked and written.
        asked = ask();
        asked.catch(() => undefined);
      }
      const taken = await this.#catalogue.accept(page.head, page.entries);
      this.#metrics.entriesReceived.inc(taken);
      await this.#clock.sleep(this.#quotas.took(node, page.entries.length), signal);
      if (page.more) continue;

      this.#directory.noteHead(page.head);
      const agreement = await this.#catalogue.confirm(page.head);
      if (agreement === 'diverged') {
        this.#onDiverged(source, page.head, fromStart);
        return false;
      }
      this.#rescan.delete(node);
      this.#disagreed.delete(node);
      return agreement === 'complete';
    }
  }

  /** Reads a feed from its beginning, since what is here does not agree with its head. */
  repair(node: NodeId): void {
    this.#wantRescan(node);
    this.want(node);
  }

  #wantRescan(node: NodeId): void {
    const last = this.#disagreed.get(node);
    if (last === undefined || this.#clock.now() - last >= RESCAN_PAUSE_MS) this.#rescan.add(node);
  }

  #onDiverged(source: NodeId, head: SignedHead, fromStart: boolean): void {
    const { node } = head;
    const live = this.#catalogue.feeds.state(node)?.live ?? 0;
    const wholeFromOrigin = fromStart && source === node;
    // Entries that the head does not count were signed by the origin too: whoever else passes them on is not to blame.
    if (live < head.live || wholeFromOrigin) this.#refuse(source, diverged(source, node));
    if (wholeFromOrigin) this.#disagreed.set(node, this.#clock.now());
    if (fromStart) this.#rescan.delete(node);
    else this.#wantRescan(node);
    this.#log.warn({ feed: node, source, fromStart }, 'a copy does not agree with its head');
  }
}

function checkPage(page: EntriesPage, node: NodeId, after: number): void {
  let last = after;
  for (const { entry } of page.entries) {
    if (entry.seq <= last) throw outOfOrder(node, entry.seq);
    last = entry.seq;
  }
  if (page.head.node !== node || last > page.head.seq || (page.more && last === after))
    throw outOfOrder(node, last);
}

function outOfOrder(node: NodeId, seq: number): FeedError {
  return new FeedError('FEED_BAD_ORDER', `A page of the feed of ${node} is out of order at ${seq}.`, {
    remedy: 'Nothing to do here: the peer that sent it is scored down, and the feed is taken from another.',
  });
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
