import { decodeEntry, type SignedEntry, type SignedHead } from '../../protocols/heads/index.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import { decodeFeedState, isComplete, type FeedState } from './feed-state.ts';
import type { ReceivedEntry } from './incoming.ts';
import { blockKey, entryKey, entryRange, stateKey, stateRange } from './layout.ts';

type Snapshot = ReturnType<Section['snapshot']>;

/** Blocks that are read at once: at first, and at the most. */
const FIRST_BLOCKS = 16;
const MOST_BLOCKS = 256;

/** An entry that is stored here, with the bytes of it that are. */
export interface StoredEntry extends ReceivedEntry {
  encoded: Uint8Array;
}

/** Some entries of a feed with their blocks, from one moment, and the head that holds at that moment. */
export interface FeedPage {
  head: SignedHead;
  entries: StoredEntry[];
  /** Whether there are more in the window behind the last entry. */
  more: boolean;
}

/** The feeds that are kept here, as their origins signed them: the node's own and those it follows. */
export class Feeds {
  readonly #section: Section;
  readonly #states: ReadonlyMap<NodeId, FeedState>;

  constructor(section: Section, states: ReadonlyMap<NodeId, FeedState>) {
    this.#section = section;
    this.#states = states;
  }

  state(node: NodeId): FeedState | undefined {
    return this.#states.get(node);
  }

  states(): FeedState[] {
    return [...this.#states.values()];
  }

  /**
   * The entries behind `after`, in feed order, with their blocks: what another node asks for to catch up.
   *
   * @param limits a page has so many entries and so many bytes of blocks at the most, or one larger block alone, and ends at `upTo`
   * @returns undefined where the feed is not here in whole, so that it cannot be served from here
   */
  async page(
    node: NodeId,
    after: number,
    limits: { entries: number; bytes: number; upTo?: number },
  ): Promise<FeedPage | undefined> {
    const snapshot = this.#section.snapshot();
    try {
      const bytes = await this.#section.get(stateKey(node), { snapshot });
      const state = bytes === undefined ? undefined : decodeFeedState(bytes);
      if (state?.head === undefined || !isComplete(state)) return undefined;

      const range = { ...entryRange(node, after, limits.upTo), limit: limits.entries + 1, snapshot };
      const found = await this.#section.values(range).all();
      const entries: StoredEntry[] = [];
      let size = 0;
      for await (const received of this.#withBlocks(found.slice(0, limits.entries), limits.bytes, snapshot)) {
        size += received.block.length;
        if (entries.length > 0 && size > limits.bytes) break;
        entries.push(received);
      }
      return { head: state.head, entries, more: entries.length < found.length };
    } finally {
      await snapshot.close();
    }
  }

  /** A few at first: blocks may be large, and a page may end after the first. Then as many as may fit into it. */
  async *#withBlocks(
    stored: readonly Uint8Array[],
    bytes: number,
    snapshot: Snapshot,
  ): AsyncGenerator<StoredEntry> {
    let size = 0;
    for (let at = 0, next = FIRST_BLOCKS; at < stored.length;) {
      const some = stored.slice(at, at + next).map((encoded) => ({ encoded, entry: decodeEntry(encoded) }));
      at += some.length;
      const blocks = await this.#section.getMany(
        some.map(({ entry }) => blockKey(keyOfIri(entry.record) ?? '')),
        { snapshot },
      );
      for (const [i, { encoded, entry }] of some.entries()) {
        const block = blocks[i];
        if (block === undefined) continue;
        size += block.length;
        yield { entry, encoded, block };
      }
      const usual = Math.max(1, size / at);
      next = Math.max(1, Math.min(MOST_BLOCKS, Math.ceil((bytes - size) / usual)));
    }
  }

  /** Entries in feed order, without blocks, from behind `after`. One moment's view, however long it takes to read. */
  async *entries(node: NodeId, after = 0): AsyncGenerator<SignedEntry> {
    for await (const value of this.#section.values(entryRange(node, after))) yield decodeEntry(value);
  }

  /** Keys of a feed's records and tombstones, newest change first, from before `before`. */
  async newest(
    node: NodeId,
    before: number | undefined,
    limit: number,
  ): Promise<{ seq: number; key: string }[]> {
    const { gt, lt } = entryRange(node, 0);
    const options = { gt, lt: before === undefined ? lt : entryKey(node, before), reverse: true, limit };
    const found: { seq: number; key: string }[] = [];
    for await (const value of this.#section.values(options)) {
      const { seq, record } = decodeEntry(value);
      found.push({ seq, key: keyOfIri(record) ?? '' });
    }
    return found;
  }
}

/** All feed states in the store, for the catalogue's start. */
export async function loadFeedStates(section: Section): Promise<Map<NodeId, FeedState>> {
  const states = new Map<NodeId, FeedState>();
  for await (const bytes of section.values(stateRange)) {
    const state = decodeFeedState(bytes);
    states.set(state.node, state);
  }
  return states;
}
