import { LRUCache } from 'lru-cache';
import { verifyHead, type SignatureVerifier, type SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { FeedError, isComplete, type Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import { RateLimit } from '../rate-limit.ts';
import type { CatchUp } from '../replication/catch-up.ts';
import type { OwnFeed } from '../replication/own-feed.ts';
import type { Directory } from './directory.ts';
import type { Forks } from './forks.ts';
import type { HeadNews } from './head-news.ts';

/**
 * A gap that one announcement surely fills, in a feed that was whole here, is left to gossip first, for so long: a busy node hears
 * of a head by exchange before the change has got through to it. What a node tells when it is met was before, and gossip will
 * not bring it.
 */
export const SHORT_GAP = 8;
export const GOSSIP_MS = 4_000;
/** Heads that one node may tell: each that is news costs a check of its signature. The burst is of a whole network. */
const RATE = { perSecond: 200, burst: 10_000 };
/** More than are ever connected. */
const NODES_KEPT = 2_000;

/** Takes in the heads that other nodes tell of on a stream: what is news, who holds what, and which feeds are to be fetched. */
export class HeadIntake {
  readonly #catalogue: Catalogue;
  readonly #directory: Directory;
  readonly #news: HeadNews;
  readonly #catchUp: CatchUp;
  readonly #verifier: SignatureVerifier;
  readonly #concernsUs: (head: SignedHead) => boolean;
  readonly #onHead: (head: SignedHead) => void;
  readonly #ownFeed: OwnFeed;
  readonly #forks: Forks;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #clock: Clock;
  readonly #rate: RateLimit;
  /** Nodes whose own head is older than what is known of them: their data are of an old backup. */
  readonly #behindThemselves = new LRUCache<NodeId, true>({ max: NODES_KEPT });
  readonly #metAt = new LRUCache<NodeId, number>({ max: NODES_KEPT });
  /** Feeds of which gossip is to bring the last entries. */
  readonly #leftToGossip = new Set<NodeId>();
  #abort = new AbortController();

  constructor(options: {
    catalogue: Catalogue;
    directory: Directory;
    /** Told where a head says other networks of its node, which others are to hear of then. */
    news: HeadNews;
    catchUp: CatchUp;
    verifier: SignatureVerifier;
    /** Whether a node is of one of our networks, or named by our rules. */
    concernsUs: (head: SignedHead) => boolean;
    /** Called with each head that is news, once its signature was checked and it is noted. */
    onHead: (head: SignedHead) => void;
    ownFeed: OwnFeed;
    forks: Forks;
    isFollowed: (node: NodeId) => boolean;
    clock: Clock;
  }) {
    this.#catalogue = options.catalogue;
    this.#directory = options.directory;
    this.#news = options.news;
    this.#catchUp = options.catchUp;
    this.#verifier = options.verifier;
    this.#concernsUs = options.concernsUs;
    this.#onHead = options.onHead;
    this.#ownFeed = options.ownFeed;
    this.#forks = options.forks;
    this.#isFollowed = options.isFollowed;
    this.#clock = options.clock;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
  }

  start(): void {
    this.#abort = new AbortController();
  }

  stop(): void {
    this.#abort.abort();
  }

  /** A node was met anew. */
  met(node: NodeId): void {
    this.#metAt.set(node, this.#clock.steady());
  }

  /** Whether a node knows less of its own feed than others do. */
  isBehindItself(node: NodeId): boolean {
    return this.#behindThemselves.has(node);
  }

  /**
   * Takes in what a node says it holds. A head that is no news needs no check: its only use is to know the holder.
   * @throws FeedError for a head that its node did not sign
   */
  async take(holder: NodeId, heads: readonly SignedHead[]): Promise<void> {
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

  /** What could not be fetched is tried again: whoever holds it tells so only once. */
  wantWhatLacks(): void {
    for (const node of this.#directory.nodes()) {
      const head = this.#directory.feed(node)?.newest;
      if (head !== undefined) this.#wantIfLacking(head, false);
    }
  }

  #isJustMet(node: NodeId): boolean {
    return this.#clock.steady() - (this.#metAt.get(node) ?? -Infinity) < GOSSIP_MS;
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
}
