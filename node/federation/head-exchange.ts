import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { verifyHead, type SignatureVerifier, type SignedHead } from '../../protocols/heads/index.ts';
import { limits } from '../../protocols/replication/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { FeedError, isComplete, type Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { CatchUp } from './catch-up.ts';
import type { Clients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { Forks } from './forks.ts';
import { HeadNews, type News } from './head-news.ts';
import type { Network } from './network.ts';
import type { OwnFeed } from './own-feed.ts';
import { RateLimit } from './rate-limit.ts';

/** Between two rounds, on average. */
export const ROUND_MS = 15_000;
/** After something was fetched, the next round is sooner: others may lack it too. */
export const SOON_MS = 1_000;
/** Where one sooner round follows another, and all that was fetched are short gaps, the pause between them doubles up to here. */
export const LONGEST_SOON_MS = ROUND_MS / 2;
/**
 * A gap that one announcement surely fills, in a feed that was whole here, is left to gossip first, for so long: a busy node hears
 * of a head by exchange before the change has got through to it. What a node tells when it is met was before, and gossip will
 * not bring it.
 */
export const SHORT_GAP = 8;
export const GOSSIP_MS = 4_000;
/** Nodes asked in a round. */
export const NODES_A_ROUND = 3;
/** In one exchange, of `limits.heads` each way: more is left to the next. */
const MOST_TURNS = 10;
/** Heads that one node may tell: each that is news costs a check of its signature. The burst is of a whole network. */
const RATE = { perSecond: 200, burst: 10_000 };
/** More than are ever connected. */
const NODES_KEPT = 2_000;

/**
 * Two nodes tell each other which feeds they have in whole, and up to where: on meeting, and at intervals with some of
 * those that are connected. So what gossip lost is learnt of, and who can serve whose feed. Each time only what is news
 * to the other is told, and only of the networks that both are part of.
 */
export class HeadExchange {
  readonly #catalogue: Catalogue;
  readonly #network: Network;
  readonly #clients: Clients;
  readonly #directory: Directory;
  readonly #catchUp: CatchUp;
  readonly #verifier: SignatureVerifier;
  readonly #concernsUs: (head: SignedHead) => boolean;
  readonly #onHead: (head: SignedHead) => void;
  readonly #ownFeed: OwnFeed;
  /** Nodes whose own head is older than what is known of them: their data are of an old backup. */
  readonly #behindThemselves = new LRUCache<NodeId, true>({ max: NODES_KEPT });
  readonly #forks: Forks;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: Logger;
  readonly #news: HeadNews;
  readonly #rate: RateLimit;
  #abort = new AbortController();
  #running: Promise<void> | undefined;
  #pause = new AbortController();
  /** Whether more was fetched since the last round than an announcement brings. */
  #isLongGap = false;
  /** Feeds of which gossip is to bring the last entries. */
  readonly #leftToGossip = new Set<NodeId>();
  readonly #metAt = new LRUCache<NodeId, number>({ max: NODES_KEPT });

  constructor(options: {
    catalogue: Catalogue;
    network: Network;
    clients: Clients;
    directory: Directory;
    catchUp: CatchUp;
    verifier: SignatureVerifier;
    /** Whether a node is of one of our networks, or named by our rules. */
    concernsUs: (head: SignedHead) => boolean;
    /** Called with each head that is news, once its signature was checked and it is noted. */
    onHead: (head: SignedHead) => void;
    forks: Forks;
    ownFeed: OwnFeed;
    isFollowed: (node: NodeId) => boolean;
    refuse: (node: NodeId, error: unknown) => void;
    clock: Clock;
    random: () => number;
    log: Logger;
  }) {
    this.#catalogue = options.catalogue;
    this.#network = options.network;
    this.#clients = options.clients;
    this.#directory = options.directory;
    this.#catchUp = options.catchUp;
    this.#verifier = options.verifier;
    this.#concernsUs = options.concernsUs;
    this.#onHead = options.onHead;
    this.#ownFeed = options.ownFeed;
    this.#forks = options.forks;
    this.#isFollowed = options.isFollowed;
    this.#refuse = options.refuse;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
    this.#news = new HeadNews(() => this.#catalogue.feeds.states());
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
  }

  start(): void {
    this.#abort = new AbortController();
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
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
    this.#metAt.set(node, this.#clock.now());
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
        await this.learn(node, theirs);
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
    await this.learn(from, heads);
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
    const lost = this.#behindThemselves.has(node) ? this.#catalogue.feeds.state(node) : undefined;
    if (lost?.head === undefined || !isComplete(lost)) return news;
    return { ...news, heads: [lost.head, ...news.heads] };
  }

  /**
   * Takes in what a node says it holds. A head that is no news needs no check: its only use is to know the holder.
   * @throws FeedError for a head that its node did not sign
   */
  async learn(holder: NodeId, heads: readonly SignedHead[]): Promise<void> {
    const pause = this.#rate.spend(holder, heads.length + 1);
    if (pause > 0) await this.#clock.sleep(pause, this.#abort.signal);
    for (const head of heads) {
      if (head.node === this.#catalogue.node) {
        await this.#checkOwn(holder, head);
        continue;
      }
      if (head.node === holder) this.#noteOwnWord(head);
      // What a node says of itself is always noted: its networks tell what it is to be told.
      if (head.node !== holder && !this.#concernsUs(head)) continue;
      const fork = this.#directory.forkWith(head);
      if (fork !== undefined) {
        await this.#checkSignature(holder, head);
        await this.#forks.note(fork);
      }
      if (this.#directory.isNews(head)) {
        await this.#checkSignature(holder, head);
        this.#note(head);
      }
      if (head.node === holder) this.#directory.noteMet(holder);
      this.#directory.noteHolder(head.node, holder, head.seq);
      this.#wantIfLacking(head, this.#isJustMet(holder));
    }
  }

  #isJustMet(node: NodeId): boolean {
    return this.#clock.now() - (this.#metAt.get(node) ?? -Infinity) < GOSSIP_MS;
  }

  #wantIfLacking(head: SignedHead, atOnce: boolean): void {
    const { node, seq } = head;
    if (!this.#isFollowed(node) || !this.#lacks(head)) return;
    const state = this.#catalogue.feeds.state(node);
    const isShort = state !== undefined && isComplete(state) && seq - state.seq <= SHORT_GAP;
    if (atOnce || !isShort) this.#catchUp.want(node);
    else if (!this.#leftToGossip.has(node)) void this.#leaveToGossip(head);
  }

  async #leaveToGossip(head: SignedHead): Promise<void> {
    const { node } = head;
    const { signal } = this.#abort;
    this.#leftToGossip.add(node);
    await this.#clock.sleep(GOSSIP_MS, signal).catch(() => undefined);
    this.#leftToGossip.delete(node);
    if (!signal.aborted && this.#isFollowed(node) && this.#lacks(head)) this.#catchUp.want(node);
  }

  #noteOwnWord({ node, seq }: SignedHead): void {
    if (seq < (this.#directory.feed(node)?.newest.seq ?? 0)) this.#behindThemselves.set(node, true);
    else this.#behindThemselves.delete(node);
  }

  #note(head: SignedHead): void {
    const before = this.#directory.feed(head.node)?.newest.networks.join(' ');
    this.#directory.noteHead(head);
    if (before !== head.networks.join(' ')) this.#news.forget(head.node);
    this.#onHead(head);
  }

  /** What could not be fetched is tried again: whoever holds it tells so only once. */
  #wantWhatLacks(): void {
    for (const node of this.#directory.nodes()) {
      const head = this.#directory.feed(node)?.newest;
      if (head !== undefined) this.#wantIfLacking(head, false);
    }
  }

  #lacks(head: SignedHead): boolean {
    const state = this.#catalogue.feeds.state(head.node);
    return state === undefined || state.seq < head.seq || !isComplete(state);
  }

  /** Others may have more of our feed than we. */
  async #checkOwn(holder: NodeId, head: SignedHead): Promise<void> {
    if (head.seq <= this.#catalogue.head.seq) return;
    await this.#checkSignature(holder, head);
    this.#ownFeed.isBehind(holder, head);
  }

  async #checkSignature(holder: NodeId, head: SignedHead): Promise<void> {
    if (await verifyHead(head, this.#verifier)) return;
    throw new FeedError('FEED_BAD_SIGNATURE', `${holder} sent a head that its node did not sign.`);
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
      this.#wantWhatLacks();
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
