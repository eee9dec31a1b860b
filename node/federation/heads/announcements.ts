import type { Logger } from 'pino';
import { decodeAnnouncement, type Announcement, type SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { FeedError, ForkError, type Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { CatchUp } from '../replication/catch-up.ts';
import type { Clocks } from './clocks.ts';
import type { Directory } from './directory.ts';
import type { Forks } from './forks.ts';
import { InOrder } from './in-order.ts';
import type { FederationMetrics } from '../peers/metrics.ts';
import type { Verdict } from '../network/network.ts';
import { RateLimit } from '../rate-limit.ts';

/** Announcements a node may make: ten a second for long, and a burst. */
const RATE = { perSecond: 10, burst: 50 };
/** Of all nodes together that are not followed here: nodes cost nothing to invent, and what is passed on reaches everyone. */
const STRANGERS_RATE = { perSecond: 100, burst: 1_000 };
const STRANGERS = 'strangers';

/**
 * Judges the announcements that come by gossip, and acts on those that are news. An announcement is a hint: with its
 * changes it may spare a fetch, but nothing is believed of it that is not signed by the feed's origin.
 */
export class Announcements {
  readonly #catalogue: Catalogue;
  readonly #clocks: Clocks;
  readonly #directory: Directory;
  readonly #catchUp: CatchUp;
  readonly #concernsUs: (head: SignedHead) => boolean;
  readonly #onHead: (head: SignedHead) => void;
  readonly #forks: Forks;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #metrics: FederationMetrics;
  readonly #log: Logger;
  readonly #rate: RateLimit;
  readonly #strangersRate: RateLimit;
  readonly #inOrder: InOrder;

  constructor(options: {
    catalogue: Catalogue;
    clocks: Clocks;
    directory: Directory;
    catchUp: CatchUp;
    concernsUs: (head: SignedHead) => boolean;
    onHead: (head: SignedHead) => void;
    forks: Forks;
    isFollowed: (node: NodeId) => boolean;
    refuse: (node: NodeId, error: unknown) => void;
    metrics: FederationMetrics;
    clock: Clock;
    log: Logger;
  }) {
    this.#catalogue = options.catalogue;
    this.#clocks = options.clocks;
    this.#directory = options.directory;
    this.#catchUp = options.catchUp;
    this.#concernsUs = options.concernsUs;
    this.#onHead = options.onHead;
    this.#forks = options.forks;
    this.#isFollowed = options.isFollowed;
    this.#refuse = options.refuse;
    this.#metrics = options.metrics;
    this.#log = options.log;
    this.#inOrder = new InOrder({
      have: (node) => this.#have(node),
      take: (announcement) =>
        this.#act(announcement).catch((error: unknown) => this.#onFailed(announcement.head.node, error)),
      clock: options.clock,
    });
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
    this.#strangersRate = new RateLimit({ clock: options.clock, ...STRANGERS_RATE });
  }

  start(): void {
    this.#inOrder.start();
  }

  async stop(): Promise<void> {
    await this.#inOrder.stop();
  }

  /** @param author who signed the gossip message; an announcement is taken from its own node only */
  async receive(author: NodeId, data: Uint8Array): Promise<Verdict> {
    const verdict = await this.#judge(author, data);
    this.#metrics.announcementsReceived.inc({ verdict });
    return verdict;
  }

  async #judge(author: NodeId, data: Uint8Array): Promise<Verdict> {
    if (!this.#rate.take(author)) {
      this.#refuse(author, new FeedError('HEADS_TOO_MANY', 'More announcements than a node may make.'));
      return 'ignore';
    }
    // Nobody's fault in particular. Who is no stranger soon is heard of on the next exchange of heads.
    if (!this.#isFollowed(author) && !this.#strangersRate.take(STRANGERS)) return 'ignore';
    let announcement: Announcement;
    try {
      announcement = decodeAnnouncement(data);
    } catch (error) {
      this.#refuse(author, error);
      return 'reject';
    }
    const { head } = announcement;
    if (head.node !== author || !(await this.#catalogue.isSigned(head))) {
      this.#refuse(author, new FeedError('FEED_BAD_SIGNATURE', 'A head that its node did not sign.'));
      return 'reject';
    }
    if (!this.#concernsUs(head)) {
      this.#refuse(author, new FeedError('HEADS_OTHER_NETWORK', 'A head of a node of other networks.'));
      return 'ignore';
    }
    if (this.#isOld(head)) {
      this.#refuse(author, new FeedError('HEADS_STALE', 'A head that is older than what is known.'));
      return 'ignore';
    }
    // It may be an old one that is sent again: those are kept from going round. What is new of it comes by exchange.
    if (!this.#clocks.note(head)) {
      this.#refuse(
        author,
        new FeedError('HEADS_OTHER_TIME', 'A head that was signed at another time than now.'),
      );
      return 'ignore';
    }
    this.#directory.noteContact(author);
    const fork = this.#directory.forkWith(head);
    if (fork !== undefined) await this.#forks.note(fork);
    this.#directory.noteHead(head);
    this.#onHead(head);
    if (this.#isFollowed(author)) {
      // Not awaited: gossip passes on what was judged, while the changes are written.
      this.#inOrder.put(announcement);
    }
    return 'accept';
  }

  #onFailed(author: NodeId, error: unknown): void {
    if (!(error instanceof ForkError)) {
      this.#refuse(author, error);
      this.#log.debug({ err: error, feed: author }, 'an announcement was refused');
      return;
    }
    this.#forks
      .note(error.fork)
      .catch((cause: unknown) => this.#log.error({ err: cause, feed: author }, 'a proof could not be kept'));
  }

  /** A head that is no news may have been signed anew a moment ago; one that was not is sent again. */
  #isOld(head: SignedHead): boolean {
    const newest = this.#directory.feed(head.node)?.newest;
    // One that was overtaken by the next still brings what is missing here.
    const isMissing = this.#isFollowed(head.node) && head.seq > this.#have(head.node);
    if (newest !== undefined && head.seq < newest.seq) return !isMissing;
    return !this.#directory.isNews(head) && !this.#clocks.isOfNow(head);
  }

  #have(node: NodeId): number {
    return this.#catalogue.feeds.state(node)?.seq ?? 0;
  }

  async #act({ head, after, changes }: Announcement): Promise<void> {
    const have = this.#have(head.node);
    // The changes serve when they begin where our copy ends, or before; else there is a gap to be fetched.
    if (changes.length > 0 && have >= after && have < head.seq) {
      await this.#catalogue.accept(head, changes);
    }
    const agreement = await this.#catalogue.confirm(head);
    if (agreement === 'behind') this.#catchUp.want(head.node);
    if (agreement === 'diverged') this.#catchUp.repair(head.node);
  }
}
