import type { SetDigest } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { writeBatch, WriteQueue, type Operation, type Section } from '../store/index.ts';
import { inSpan } from '../telemetry/index.ts';
import { dropFeed, type Dropping } from './drop-feed.ts';
import { cannotWrite, type CatalogueError } from './errors.ts';
import { buildFeedBatch, stateOperation, type PreparedChange } from './feed-batch.ts';
import { emptyFeedState, type FeedState } from './feed-state.ts';
import { loadFeedStates } from './feeds.ts';
import type { ReceivedEntry } from './incoming.ts';
import type { Log } from './log.ts';

/** What a commit did, for those who pass changes on as they come. */
export interface Committed {
  node: NodeId;
  /** Of the records that changed; none where it may be any, as where a whole feed was dropped. */
  keys: readonly string[];
  /** Of the own feed only: the changes as other nodes are told of them. */
  entries: readonly ReceivedEntry[];
}

/** Changes of one feed that are to be written together. */
export interface FeedChanges {
  /** The feed's state before them. */
  state: FeedState;
  /** In feed order; each record at most once. */
  changes: readonly PreparedChange[];
  /** Of the set digest: the entries of `changes`. */
  members: SetDigest;
  /** Of the own feed: the changes as others are told of them. */
  told?: readonly ReceivedEntry[];
  /** What is added to the state that they lead to. */
  finish?: (state: FeedState) => FeedState;
  /** Whether others have them too: after a power cut they may have to come again. */
  isCopy?: boolean;
}

/**
 * Writes what was decided, one commit after another: each is one atomic batch. What this node alone has is on disk before it
 * is acknowledged. What it copies is with the operating system: of that a power cut may take the last, and all that was
 * written after it, so the store is as it was a moment before, and the others still have the rest. Keeps the states of the
 * feeds and the last position of the log.
 */
export class Commits {
  readonly #section: Section;
  readonly #states: Map<NodeId, FeedState>;
  readonly #log: Log;
  readonly #queue = new WriteQueue();
  readonly #listeners = new Set<(committed: Committed) => void>();
  #position: number;
  #failure: CatalogueError | undefined;
  /** Whether the last write failed, so that it may be in the store nevertheless: a database can be lost with its answer. */
  #isUncertain = false;

  constructor(options: {
    section: Section;
    states: Map<NodeId, FeedState>;
    log: Log;
    /** The last one of the log. */
    position: number;
  }) {
    this.#section = options.section;
    this.#log = options.log;
    this.#states = options.states;
    this.#position = options.position;
  }

  /** The last position of the log. */
  get position(): number {
    return this.#position;
  }

  /** Why the last write failed, where it did. */
  get failure(): CatalogueError | undefined {
    return this.#failure;
  }

  state(node: NodeId): FeedState {
    return this.#states.get(node) ?? emptyFeedState(node);
  }

  /** Runs what looks at states and commits, when everything before it has ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      if (this.#isUncertain) await this.#readWhereItStands();
      return await work();
    });
  }

  /** Resolves when everything that was begun has ended. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  /** Calls `listener` after each commit, in the order of commits. @returns what ends it */
  onCommit(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called within `run`, as the methods below. */
  async commit({
    state,
    changes,
    members,
    told = [],
    finish = same,
    isCopy = false,
  }: FeedChanges): Promise<void> {
    const batch = await buildFeedBatch(this.#section, state, this.#position, changes, members);
    const next = finish(batch.state);
    await this.#write([...batch.operations, stateOperation(next)], { durable: !isCopy });
    this.#states.set(next.node, next);
    this.#position = batch.position;
    this.#tell({ node: state.node, keys: changes.map(({ key }) => key), entries: told });
  }

  async writeState(state: FeedState, { isCopy = false } = {}): Promise<void> {
    await this.#write([stateOperation(state)], { durable: !isCopy });
    this.#states.set(state.node, state);
  }

  async drop(node: NodeId, how: Dropping): Promise<void> {
    const state = this.#states.get(node);
    if (state === undefined) return;
    try {
      this.#position = await dropFeed(this.#section, state, this.#position, how);
    } catch (cause) {
      throw this.#failed(cause);
    }
    this.#states.delete(node);
    this.#tell({ node, keys: [], entries: [] });
  }

  async #write(operations: readonly Operation[], options: { durable: boolean }): Promise<void> {
    try {
      const attributes = { 'ngr.rows': operations.length, 'ngr.durable': options.durable };
      await inSpan('store.write', { attributes }, () => writeBatch(this.#section, operations, options));
      this.#failure = undefined;
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  #failed(cause: unknown): CatalogueError {
    this.#isUncertain = true;
    this.#failure = cannotWrite(cause);
    return this.#failure;
  }

  /** After a write that failed: the next change must not be put in the place of one that is there. */
  async #readWhereItStands(): Promise<void> {
    try {
      const [states, position] = await Promise.all([loadFeedStates(this.#section), this.#log.end()]);
      this.#log.forgetRecent();
      const known = new Map(this.#states);
      for (const node of known.keys()) if (!states.has(node)) this.#states.delete(node);
      for (const [node, state] of states) this.#states.set(node, state);
      this.#position = position;
      this.#isUncertain = false;
      for (const node of new Set([...known.keys(), ...states.keys()])) {
        const isAsKnown = known.get(node)?.seq === states.get(node)?.seq;
        if (!isAsKnown) this.#tell({ node, keys: [], entries: [] });
      }
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  #tell(committed: Committed): void {
    for (const listener of this.#listeners) listener(committed);
  }
}

function same(state: FeedState): FeedState {
  return state;
}
