import type { Logger } from 'pino';
import {
  decodeAnnouncement,
  verifyHead,
  type Announcement,
  type SignatureVerifier,
  type SignedHead,
} from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { FeedError, type Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { CatchUp } from './catch-up.ts';
import type { Directory } from './directory.ts';
import type { Forks } from './forks.ts';
import type { FederationMetrics } from './metrics.ts';
import type { Verdict } from './network.ts';
import { RateLimit } from './rate-limit.ts';

/** A head this much older or newer than now is no news: clocks differ by minutes, replays are older. */
const FRESH_MS = 10 * 60_000;
/** Announcements a node may make: ten a second for long, and a burst. */
const RATE = { perSecond: 10, burst: 50 };

/**
 * Judges the announcements that come by gossip, and acts on those that are news. An announcement is a hint: with its
 * changes it may spare a fetch, but nothing is believed of it that is not signed by the feed's origin.
 */
export class Announcements {
  readonly #catalogue: Catalogue;
  readonly #directory: Directory;
  readonly #catchUp: CatchUp;
  readonly #verifier: SignatureVerifier;
  readonly #concernsUs: (head: SignedHead) => boolean;
  readonly #onHead: (head: SignedHead) => void;
  readonly #forks: Forks;
  readonly #isFollowed: (node: NodeId) => boolean;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #metrics: FederationMetrics;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #rate: RateLimit;

  constructor(options: {
    catalogue: Catalogue;
    directory: Directory;
    catchUp: CatchUp;
    verifier: SignatureVerifier;
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
    this.#directory = options.directory;
    this.#catchUp = options.catchUp;
    this.#verifier = options.verifier;
    this.#concernsUs = options.concernsUs;
    this.#onHead = options.onHead;
    this.#forks = options.forks;
    this.#isFollowed = options.isFollowed;
    this.#refuse = options.refuse;
    this.#metrics = options.metrics;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
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
    let announcement: Announcement;
    try {
      announcement = decodeAnnouncement(data);
    } catch (error) {
      this.#refuse(author, error);
      return 'reject';
    }
    const { head } = announcement;
    if (head.node !== author || !(await verifyHead(head, this.#verifier))) {
      this.#refuse(author, new FeedError('FEED_BAD_SIGNATURE', 'A head that its node did not sign.'));
      return 'reject';
    }
    if (!this.#concernsUs(head)) {
      this.#refuse(author, new FeedError('HEADS_OTHER_NETWORK', 'A head of a node of other networks.'));
      return 'ignore';
    }
    if (Math.abs(head.time - this.#clock.now()) > FRESH_MS || this.#isOld(announcement)) {
      this.#refuse(author, new FeedError('HEADS_STALE', 'A head that is older than what is known.'));
      return 'ignore';
    }
    this.#directory.noteContact(author);
    const fork = this.#directory.forkWith(head);
    if (fork !== undefined) await this.#forks.note(fork);
    this.#directory.noteHead(head);
    this.#onHead(head);
    if (this.#isFollowed(author)) {
      // Not awaited: gossip passes on what was judged, while the changes are written.
      this.#act(announcement).catch((error: unknown) => {
        this.#refuse(author, error);
        this.#log.debug({ err: error, feed: author }, 'an announcement was refused');
      });
    }
    return 'accept';
  }

  #isOld({ head }: Announcement): boolean {
    const newest = this.#directory.feed(head.node)?.newest;
    return newest !== undefined && head.seq < newest.seq;
  }

  async #act({ head, after, changes }: Announcement): Promise<void> {
    const have = this.#catalogue.feeds.state(head.node)?.seq ?? 0;
    // The changes serve when they begin where our copy ends, or before; else there is a gap to be fetched.
    if (changes.length > 0 && have >= after && have < head.seq) {
      await this.#catalogue.accept(head, changes);
    }
    const agreement = await this.#catalogue.confirm(head);
    if (agreement === 'behind') this.#catchUp.want(head.node);
    if (agreement === 'diverged') this.#catchUp.repair(head.node);
  }
}
