import type { Logger } from 'pino';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import { limits } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { isComplete, type Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { Network } from '../network/network.ts';
import type { Clients } from '../replication/clients.ts';
import type { OwnFeed } from '../replication/own-feed.ts';
import type { Directory } from './directory.ts';
import type { Forks } from './forks.ts';
import { SHORT_GAP, type HeadIntake } from './head-intake.ts';
import type { HeadNews, News } from './head-news.ts';

/** Between two rounds, on average. */
export const ROUND_MS = 15_000;
/** After something was fetched, the next round is sooner: others may lack it too. */
export const SOON_MS = 1_000;
/** Where one sooner round follows another, and all that was fetched are short gaps, the pause between them doubles up to here. */
export const LONGEST_SOON_MS = ROUND_MS / 2;
/** Nodes asked in a round. */
export const NODES_A_ROUND = 3;
/** In one exchange, of `limits.heads` each way: more is left to the next. */
const MOST_TURNS = 10;

/**
 * Two nodes tell each other which feeds they have in whole, and up to where: on meeting, and at intervals with some of
 * those that are connected. So what gossip lost is learnt of, and who can serve whose feed. Each time only what is news
 * to the other is told, and only of the networks that both are part of.
 */
export class HeadExchange {
  readonly #catalogue: Catalogue;
  readonly #network: Pick<Network, 'connected'>;
  readonly #clients: Clients;
  readonly #directory: Directory;
  readonly #news: HeadNews;
  readonly #intake: HeadIntake;
  readonly #ownFeed: OwnFeed;
  readonly #forks: Forks;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: Logger;
  #abort = new AbortController();
  #running: Promise<void> | undefined;
  #pause = new AbortController();
  /** Whether more was fetched since the last round than an announcement brings. */
  #isLongGap = false;

  constructor(options: {
    catalogue: Catalogue;
    network: Pick<Network, 'connected'>;
    clients: Clients;
    directory: Directory;
    news: HeadNews;
    intake: HeadIntake;
    ownFeed: OwnFeed;
    forks: Forks;
    refuse: (node: NodeId, error: unknown) => void;
    clock: Clock;
    random: () => number;
    log: Logger;
  }) {
    this.#catalogue = options.catalogue;
    this.#network = options.network;
    this.#clients = options.clients;
    this.#directory = options.directory;
    this.#news = options.news;
    this.#intake = options.intake;
    this.#ownFeed = options.ownFeed;
    this.#forks = options.forks;
    this.#refuse = options.refuse;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
  }

  start(): void {
    this.#abort = new AbortController();
    this.#intake.start();
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#intake.stop();
    await this.#running;
  }

  /**
   * Says that a feed came here by replication, of which the neighbours may not have heard.
   * @param entries that were new: what fits no announcement, they get from each other only
   */
  nudge(entries: number): void {
    this.#isLongGap ||= entries > SHORT_GAP;
    this.#pause.abort();
  }

  /** A node was met anew: what it was told before may have been lost. */
  met(node: NodeId): void {
    this.#news.forget(node);
    this.#intake.met(node);
  }

  /** Exchanges heads with one node until neither has news; what goes wrong is noted against it. */
  async with(node: NodeId): Promise<void> {
    try {
      const client = await this.#clients.get(node);
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        const isKnown = this.#directory.feed(node) !== undefined;
        const news = this.#newsFor(node);
        const theirs = await client.heads(news.heads, this.#abort.signal);
        this.#directory.noteContact(node);
        this.#news.told(node, news);
        await this.#intake.take(node, theirs);
        this.#ownFeed.heard();
        // Of a node that was not known, its networks are now: there may be more to tell it.
        const isNewlyKnown = !isKnown && this.#directory.feed(node) !== undefined;
        if (!news.more && !isNewlyKnown && theirs.length < limits.heads) return;
      }
    } catch (error) {
      this.#news.forget(node);
      if (this.#abort.signal.aborted) return;
      this.#refuse(node, error);
      this.#log.debug({ err: error, node }, 'heads could not be exchanged');
    }
  }

  /**
   * Takes in what a node tells, and answers with what is news to it.
   * @throws FeedError for a head that its node did not sign
   */
  async *answer(from: NodeId, heads: readonly SignedHead[]): AsyncGenerator<SignedHead[]> {
    await this.#intake.take(from, heads);
    const news = this.#newsFor(from);
    yield news.heads;
    this.#news.told(from, news);
  }

  /** What a node is to be told: of those whose networks are not known, our own head only. */
  #newsFor(node: NodeId): News {
    const theirs = this.#directory.feed(node)?.newest.networks;
    if (theirs === undefined) return { heads: [this.#catalogue.head], upTo: 0, more: false };
    const isShared = (head: SignedHead): boolean =>
      head.node !== node &&
      this.#forks.of(head.node) === undefined &&
      head.networks.some((network) => theirs.includes(network));
    const news = this.#news.for(node, isShared, limits.heads - 1);
    const lost = this.#intake.isBehindItself(node) ? this.#catalogue.feeds.state(node) : undefined;
    if (lost?.head === undefined || !isComplete(lost)) return news;
    return { ...news, heads: [lost.head, ...news.heads] };
  }

  async #run(signal: AbortSignal): Promise<void> {
    let soon = SOON_MS;
    while (!signal.aborted) {
      await this.#clock.sleep(soon, signal).catch(() => undefined);
      const isSooner = await this.#rest(signal, soon);
      soon = isSooner && !this.#isLongGap ? Math.min(soon * 2, LONGEST_SOON_MS) : SOON_MS;
      this.#isLongGap = false;
      if (signal.aborted) return;
      await Promise.all(this.#choose().map((node) => this.with(node)));
      this.#intake.wantWhatLacks();
    }
  }

  /** The rest of the pause between two rounds; it ends early by `nudge`, before or during it. @returns whether it did */
  async #rest(signal: AbortSignal, begun: number): Promise<boolean> {
    if (signal.aborted) return false;
    const end = (): void => this.#pause.abort();
    signal.addEventListener('abort', end, { once: true });
    const rest = Math.max(0, ROUND_MS * (0.5 + this.#random()) - begun);
    const isSooner = await this.#clock.sleep(rest, this.#pause.signal).then(
      () => false,
      () => true,
    );
    signal.removeEventListener('abort', end);
    this.#pause = new AbortController();
    return isSooner;
  }

  #choose(): NodeId[] {
    const connected = this.#network.connected();
    const chosen: NodeId[] = [];
    while (chosen.length < NODES_A_ROUND && connected.length > 0) {
      chosen.push(...connected.splice(Math.floor(this.#random() * connected.length), 1));
    }
    return chosen;
  }
}
