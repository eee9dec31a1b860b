import { SignatureVerifier, type SignedHead, type Signer } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import { inSpan } from '../telemetry/index.ts';
import { checkerInPlace, type CheckedPage, type PageChecker } from './checking/index.ts';
import { Commits, type Committed } from './commits.ts';
import { finishDrops, type Dropping } from './drop-feed.ts';
import { CatalogueError, isOwnFeed } from './errors.ts';
import { FeedCopies, type Agreement } from './feed-copies.ts';
import { emptyFeedState, type FeedState } from './feed-state.ts';
import { Feeds, loadFeedStates } from './feeds.ts';
import { Holdings } from './holdings.ts';
import type { ReceivedEntry } from './incoming.ts';
import { metaKey } from './layout.ts';
import { Log } from './log.ts';
import type { Outcome, OwnChange } from './own-changes.ts';
import { OwnFeedWriter } from './own-feed-writer.ts';
import type { OwnPages, Recovery } from './own-recovery.ts';
import { storedNode, succeed } from './succession.ts';
import { storedBase } from './stored-base.ts';

export interface CatalogueOptions {
  section: Section;
  signer: Signer;
  /** The node's base URL, without a slash at its end. */
  base: string;
  /** The institution's name. */
  name: string;
  /** The networks that the node is part of. */
  networks: readonly string[];
  /** The ids that the node had before this one, by its lineage. */
  predecessors?: readonly NodeId[];
  /** Checks what other nodes send; in place unless told. */
  checker?: PageChecker;
  clock: Clock;
}

/**
 * The only place where a record is written.
 *
 * Each write puts the holding, its entry in its origin's feed, its place in the log and its identifiers in one atomic
 * batch. There are two ways in: `put` for what this node's own source and manager say, which it signs and which is on disk
 * before it is acknowledged, and `accept` for what other nodes signed, which it checks.
 */
export class Catalogue {
  readonly node: NodeId;
  readonly base: string;
  readonly holdings: Holdings;
  readonly feeds: Feeds;
  readonly log: Log;

  readonly #checker: PageChecker;
  readonly #commits: Commits;
  readonly #copies: FeedCopies;
  readonly #ownFeed: OwnFeedWriter;

  private constructor(options: CatalogueOptions, states: Map<NodeId, FeedState>, position: number) {
    this.node = options.signer.node;
    this.base = options.base;
    this.#checker = options.checker ?? checkerInPlace();
    const verifier = new SignatureVerifier();
    const { section } = options;
    const log = new Log(section);
    const commits = new Commits({ section, states, log, position });
    const copies = new FeedCopies({ node: this.node, section, commits, verifier });
    this.#commits = commits;
    this.#copies = copies;
    this.#ownFeed = new OwnFeedWriter({ ...options, commits, verifier, take: (page) => copies.write(page) });
    this.holdings = new Holdings(section);
    this.feeds = new Feeds(section, states);
    this.log = log;
  }

  /**
   * Opens the catalogue in its section of the store.
   * @throws CatalogueError `CATALOGUE_BASE_CHANGED` where records lie under another base URL already ·
   *   `CATALOGUE_OTHER_KEY` where they are signed with another key
   */
  static async open(options: CatalogueOptions): Promise<Catalogue> {
    const { section, base, signer, predecessors = [], clock } = options;
    const states = await loadFeedStates(section);
    const signedBy = (await storedNode(section)) ?? signer.node;
    const before = await storedBase(section);
    if (before !== undefined && before !== base && (states.get(signedBy)?.live ?? 0) > 0) {
      throw new CatalogueError(
        'CATALOGUE_BASE_CHANGED',
        `The records here were published under ${before}, not ${base}: all their addresses would change.`,
        { remedy: `Start with --base-url ${before}, or name an empty --data directory for the new address.` },
      );
    }
    await section.put(metaKey('base'), Buffer.from(base));
    await succeed({ section, states, signer, base, predecessors, now: clock.now() });
    const own = states.get(signer.node) ?? emptyFeedState(signer.node);
    states.set(own.node, own);
    await finishDrops(section, states, options.signer.node);
    const catalogue = new Catalogue(options, states, await new Log(section).end());
    await catalogue.renewHead();
    return catalogue;
  }

  /** The last position of the log. */
  get position(): number {
    return this.#commits.position;
  }

  /** Why the last write failed, where it did: the node goes on serving, but takes nothing in. */
  get writeFailure(): CatalogueError | undefined {
    return this.#commits.failure;
  }

  /** The node's own head, as of its last change or renewal; the last whole one while the own feed is recovered. */
  get head(): SignedHead {
    return this.#ownFeed.head;
  }

  /**
   * Takes in what the node's own source and manager say, and acknowledges it when it is on disk.
   * @returns for each record its key and what became of the change; one a record, of several the last
   * @throws CatalogueError `CATALOGUE_NOT_RECOVERED` where the own feed is not whole, and no other node gave what it lacks
   */
  async put(changes: readonly OwnChange[]): Promise<{ key: string; outcome: Outcome }[]> {
    const attributes = { 'ngr.changes': changes.length };
    return await inSpan('catalogue.put', { attributes }, () => this.#ownFeed.put(changes));
  }

  /**
   * Takes in entries of another node's feed, in feed order, whoever carried them. Those that are known already, or
   * older than what is known of their record, change nothing.
   *
   * @param head the feed's head as its origin signed it; tells under which base URL its records lie
   * @throws FeedError for the first entry that does not stand up; nothing of the call is kept then
   * @returns how many entries were new
   */
  async accept(head: SignedHead, received: readonly ReceivedEntry[]): Promise<number> {
    return await this.#copies.accept(head, received);
  }

  /** Whether a head was signed by its node. What was found right is not checked again by `accept` and `confirm`. */
  async isSigned(head: SignedHead): Promise<boolean> {
    return await this.#copies.isSigned(head);
  }

  /**
   * Unpacks and checks a page of another node's feed, as it came by `protocols/replication`; `take` takes it in.
   *
   * @returns undefined where the node that sent it has not the whole feed
   * @throws ReplicationError, ProtocolError or FeedError for the first thing that does not stand up
   */
  async check(frame: Uint8Array): Promise<CheckedPage | undefined> {
    return await this.#checker.check(frame);
  }

  /** Takes in a checked page, in feed order. @returns how many entries were new */
  async take(page: CheckedPage): Promise<number> {
    if (page.head.node === this.node) throw isOwnFeed();
    const attributes = { 'ngr.feed': page.head.node, 'ngr.changes': page.changes.length };
    return await inSpan('catalogue.take', { attributes }, () => this.#copies.write(page));
  }

  /**
   * Holds our copy of a feed against a head of it: `complete` when all of it is here (the head is kept, and others can
   * be served), `behind` when there is more to fetch, `stale` when the head is older than what is here, `diverged` when
   * the head speaks of the same place but of other entries: some were left out or this node's data are damaged.
   *
   * @throws FeedError `FEED_BAD_SIGNATURE` for a head that its node did not sign · ForkError where the copy was whole under
   *   another head of the same place
   */
  async confirm(head: SignedHead): Promise<Agreement> {
    return await this.#copies.confirm(head);
  }

  /** Changes of the own feed wait for `settled`: until it is known whether other nodes have more of it. */
  waitFor(settled: Promise<unknown>): void {
    this.#ownFeed.waitFor(settled);
  }

  /**
   * Brings the own feed up to a head that this node signed and has lost: its data are of an old backup. Changes wait
   * meanwhile.
   *
   * @param pages of the own feed behind a place, as another node has it
   * @throws FeedError `FEED_BAD_SIGNATURE` for a head that this node did not sign
   */
  async recover(head: SignedHead, pages: OwnPages): Promise<Recovery> {
    return await this.#ownFeed.recover(head, pages);
  }

  /**
   * Ends a recovery that no other node can bring to its end any more: what is still missing is lost, and changes are taken in
   * again.
   * @returns whether there was one
   */
  async giveUpRecovery(): Promise<boolean> {
    return await this.#ownFeed.giveUpRecovery();
  }

  /**
   * Lets go of a peer's feed and everything in it; readers see each record go.
   */
  async drop(node: NodeId, how: Dropping = {}): Promise<void> {
    if (node === this.node) throw new TypeError('the own feed cannot be dropped');
    await this.#commits.run(() => this.#commits.drop(node, how));
  }

  /** Signs the own head anew, so that others see that the node is alive. */
  async renewHead(): Promise<SignedHead> {
    return await this.#ownFeed.renewHead();
  }

  /** Signs the own head anew with another name of the institution. @returns whether it is another one */
  async rename(name: string): Promise<boolean> {
    return await this.#ownFeed.rename(name);
  }

  /** Calls `listener` after each commit, in the order of commits. @returns what ends it */
  onCommit(listener: (committed: Committed) => void): () => void {
    return this.#commits.onCommit(listener);
  }

  /** Resolves when every write that was begun has ended. */
  async close(): Promise<void> {
    await this.#commits.idle();
    await this.#checker.stop();
  }
}
