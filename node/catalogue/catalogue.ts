import {
  SignatureVerifier,
  EntryVerifier,
  signHead,
  verifyHead,
  type SignedHead,
  type Signer,
} from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import { writeBatch, WriteQueue, type Operation, type Section } from '../store/index.ts';
import { dropFeed } from './drop-feed.ts';
import { CatalogueError, FeedError } from './errors.ts';
import { buildFeedBatch, stateOperation, type PreparedChange } from './feed-batch.ts';
import { emptyFeedState, isComplete, withoutHead, type FeedState } from './feed-state.ts';
import { Feeds, loadFeedStates } from './feeds.ts';
import { Holdings } from './holdings.ts';
import { checkEntry, fresherThanKnown, type ReceivedEntry } from './incoming.ts';
import { metaKey } from './layout.ts';
import { Log } from './log.ts';
import {
  decideOwnChanges,
  signOwnChanges,
  type Origin,
  type Outcome,
  type OwnChange,
} from './own-changes.ts';

/** What a commit did, for those who pass changes on as they come. */
export interface Committed {
  node: NodeId;
  /** The feed's place before the commit. */
  after: number;
  entries: readonly ReceivedEntry[];
}

/** What a head says of our copy of its feed. */
export type Agreement = 'complete' | 'behind' | 'stale' | 'diverged';

export interface CatalogueOptions {
  section: Section;
  signer: Signer;
  /** The node's base URL, without a slash at its end. */
  base: string;
  /** The institution's name. */
  name: string;
  /** The networks that the node is part of. */
  networks: readonly string[];
  clock: Clock;
}

/**
 * The only place where a record is written.
 *
 * Each write puts the holding, its entry in its origin's feed, its place in the log and its identifiers in one atomic
 * batch, which is on disk before the write is acknowledged. There are two ways in: `put` for what this node's
 * own source and manager say, which it signs, and `accept` for what other nodes signed, which it checks.
 */
export class Catalogue {
  readonly node: NodeId;
  readonly base: string;
  readonly holdings: Holdings;
  readonly feeds: Feeds;
  readonly log: Log;

  readonly #section: Section;
  readonly #signer: Signer;
  readonly #name: string;
  readonly #networks: readonly string[];
  readonly #clock: Clock;
  readonly #verifier = new SignatureVerifier();
  readonly #entryVerifier = new EntryVerifier(this.#verifier);
  readonly #verifiedHeads = new WeakSet<SignedHead>();
  readonly #states: Map<NodeId, FeedState>;
  readonly #writes = new WriteQueue();
  readonly #listeners = new Set<(committed: Committed) => void>();
  #position: number;
  #writeFailure: CatalogueError | undefined;

  private constructor(options: CatalogueOptions, states: Map<NodeId, FeedState>, position: number) {
    this.node = options.signer.node;
    this.base = options.base;
    this.#section = options.section;
    this.#signer = options.signer;
    this.#name = options.name;
    this.#networks = options.networks;
    this.#clock = options.clock;
    this.#states = states;
    this.#position = position;
    this.holdings = new Holdings(options.section);
    this.feeds = new Feeds(options.section, states);
    this.log = new Log(options.section);
  }

  /**
   * Opens the catalogue in its section of the store.
   * @throws CatalogueError `CATALOGUE_BASE_CHANGED` where records lie under another base URL already
   */
  static async open(options: CatalogueOptions): Promise<Catalogue> {
    const { section, base } = options;
    const states = await loadFeedStates(section);
    const own = states.get(options.signer.node) ?? emptyFeedState(options.signer.node);
    const before = await storedBase(section);
    if (before !== undefined && before !== base && own.live > 0) {
      throw new CatalogueError(
        'CATALOGUE_BASE_CHANGED',
        `The records here were published under ${before}, not ${base}: all their addresses would change.`,
        { remedy: `Start with --base-url ${before}, or name an empty --data directory for the new address.` },
      );
    }
    await section.put(metaKey('base'), Buffer.from(base));
    states.set(own.node, own);
    const catalogue = new Catalogue(options, states, await new Log(section).end());
    await catalogue.renewHead();
    return catalogue;
  }

  /** The last position of the log. */
  get position(): number {
    return this.#position;
  }

  /** Why the last write failed, where it did: the node goes on serving, but takes nothing in. */
  get writeFailure(): CatalogueError | undefined {
    return this.#writeFailure;
  }

  /** The node's own head, as of its last change or renewal. */
  get head(): SignedHead {
    const head = this.#own().head;
    if (head === undefined) throw new TypeError('an open catalogue has a head');
    return head;
  }

  /**
   * Takes in what the node's own source and manager say, and acknowledges it when it is on disk.
   * @returns for each record its key and what became of the change; one a record, of several the last
   */
  async put(changes: readonly OwnChange[]): Promise<{ key: string; outcome: Outcome }[]> {
    return await this.#writes.run(async () => {
      const decisions = await decideOwnChanges(this.#section, this.#origin(), changes, this.#clock.now());
      const state = this.#own();
      const prepared = signOwnChanges(
        decisions,
        this.#origin(),
        { after: state.seq, time: this.#clock.now() },
        this.#signer,
      );
      if (prepared.length > 0) await this.#commit(state, prepared);
      return decisions.map(({ key, outcome }) => ({ key, outcome }));
    });
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
    await this.#checkHead(head);
    const checked = await Promise.all(received.map((item) => checkEntry(head, item, this.#entryVerifier)));
    return await this.#writes.run(async () => {
      const state = this.#states.get(head.node) ?? emptyFeedState(head.node);
      const fresh = await fresherThanKnown(this.#section, checked);
      const last = checked.at(-1)?.entry.seq ?? 0;
      if (fresh.length === 0) {
        if (last > state.seq) await this.#writeState({ ...state, seq: last });
        return 0;
      }
      await this.#commit(state, fresh);
      return fresh.length;
    });
  }

  /**
   * Holds our copy of a feed against a head of it: `complete` when all of it is here (the head is kept, and others can
   * be served), `behind` when there is more to fetch, `stale` when the head is older than what is here, `diverged` when
   * the head speaks of the same place but of other entries: some were left out or this node's data are damaged.
   *
   * @throws FeedError `FEED_BAD_SIGNATURE` for a head that its node did not sign
   */
  async confirm(head: SignedHead): Promise<Agreement> {
    await this.#checkHead(head);
    return await this.#writes.run(async () => {
      const state = this.#states.get(head.node) ?? emptyFeedState(head.node);
      if (head.seq > state.seq) return 'behind';
      if (head.seq < state.seq) return 'stale';
      if (head.live !== state.live || head.setDigest !== state.digest.digest()) {
        // What was whole under another head of the same place is not to be served as whole any more.
        if (isComplete(state)) await this.#writeState(withoutHead(state));
        return 'diverged';
      }
      const known = state.head;
      if (known === undefined || known.seq < head.seq || known.time < head.time)
        await this.#writeState({ ...state, head });
      return 'complete';
    });
  }

  /** Lets go of a peer's feed and everything in it; readers see each record go. */
  async drop(node: NodeId): Promise<void> {
    if (node === this.node) throw new TypeError('the own feed cannot be dropped');
    await this.#writes.run(async () => {
      const state = this.#states.get(node);
      if (state === undefined) return;
      this.#position = await dropFeed(this.#section, state, this.#position);
      this.#states.delete(node);
      this.#tell({ node, after: state.seq, entries: [] });
    });
  }

  /** Signs the own head anew, so that others see that the node is alive. */
  async renewHead(): Promise<SignedHead> {
    return await this.#writes.run(async () => {
      const state = this.#own();
      const head = this.#signedHead(state);
      await this.#writeState({ ...state, head });
      return head;
    });
  }

  /** Calls `listener` after each commit, in the order of commits. @returns what ends it */
  onCommit(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when every write that was begun has ended. */
  async close(): Promise<void> {
    await this.#writes.idle();
  }

  async #commit(state: FeedState, changes: readonly PreparedChange[]): Promise<void> {
    const batch = await buildFeedBatch(this.#section, state, this.#position, changes);
    const next =
      state.node === this.node ? { ...batch.state, head: this.#signedHead(batch.state) } : batch.state;
    await this.#write([...batch.operations, stateOperation(next)]);
    this.#states.set(next.node, next);
    this.#position = batch.position;
    this.#tell({
      node: state.node,
      after: state.seq,
      entries: changes.map(({ entry, block }) => ({ entry, block: block.bytes })),
    });
  }

  async #writeState(state: FeedState): Promise<void> {
    await this.#write([stateOperation(state)]);
    this.#states.set(state.node, state);
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    try {
      await writeBatch(this.#section, operations, { durable: true });
      this.#writeFailure = undefined;
    } catch (cause) {
      this.#writeFailure = cannotWrite(cause);
      throw this.#writeFailure;
    }
  }

  async #checkHead(head: SignedHead): Promise<void> {
    if (head.node === this.node) {
      throw new FeedError('FEED_OWN', 'Another node sent this node its own feed.', {
        remedy:
          'If two nodes run with the same key, stop one of them: each needs a data directory of its own.',
      });
    }
    if (this.#verifiedHeads.has(head)) return;
    if (!(await verifyHead(head, this.#verifier))) {
      throw new FeedError('FEED_BAD_SIGNATURE', `A head of the feed of ${head.node} has a wrong signature.`, {
        remedy: 'Nothing to do here: the peer that sent it is scored down.',
      });
    }
    this.#verifiedHeads.add(head);
  }

  #signedHead(state: FeedState): SignedHead {
    const { seq, live, digest } = state;
    const time = this.#clock.now();
    const about = { ...this.#origin(), name: this.#name, networks: this.#networks };
    const head = { ...about, seq, live, setDigest: digest.digest(), time };
    return signHead(head, this.#signer);
  }

  #own(): FeedState {
    return this.#states.get(this.node) ?? emptyFeedState(this.node);
  }

  #origin(): Origin {
    return { node: this.node, base: this.base };
  }

  #tell(committed: Committed): void {
    for (const listener of this.#listeners) listener(committed);
  }
}

function cannotWrite(cause: unknown): CatalogueError {
  return new CatalogueError(
    'CATALOGUE_CANNOT_WRITE',
    `A change could not be written: ${(cause as Error).message}.`,
    {
      remedy:
        'Look whether the disk is full or damaged. When it is mended, start the node again: nothing acknowledged is lost.',
      cause,
    },
  );
}

/** The base URL under which the catalogue's own records lie, where there is one already. */
export async function storedBase(section: Section): Promise<string | undefined> {
  const bytes = await section.get(metaKey('base'));
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}
