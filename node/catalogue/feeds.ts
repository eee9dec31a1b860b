import type { SignedEntry, SignedHead } from '../../protocols/heads/index.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import { decodeFeedState, isComplete, type FeedState } from './feed-state.ts';
import { entryKey, entryRange, stateKey, stateRange } from './layout.ts';
import { StoredChange } from './rows.ts';

/** Some entries of a feed with their blocks, from one moment, and the head that holds at that moment. */
export interface FeedPage {
  head: SignedHead;
  entries: StoredChange[];
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
   * @param limits a page has so many entries and so many bytes of them at the most, or one larger one alone, and ends at `upTo`
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

      // As much as LevelDB hands over in one go.
      const inOne = { highWaterMarkBytes: limits.bytes };
      const range = { ...entryRange(node, after, limits.upTo), snapshot, ...inOne };
      const rows = this.#section.values(range);
      const entries: StoredChange[] = [];
      let size = 0;
      try {
        for (;;) {
          const some = await rows.nextv(limits.entries + 1 - entries.length);
          if (some.length === 0) return { head: state.head, entries, more: false };
          for (const row of some) {
            size += row.length;
            const isFull = entries.length === limits.entries || (entries.length > 0 && size > limits.bytes);
            if (isFull) return { head: state.head, entries, more: true };
            entries.push(new StoredChange(row));
          }
        }
      } finally {
        await rows.close();
      }
    } finally {
      await snapshot.close();
    }
  }

  /** Entries in feed order, from behind `after`. One moment's view, however long it takes to read. */
  async *entries(node: NodeId, after = 0): AsyncGenerator<SignedEntry> {
    for await (const value of this.#section.values(entryRange(node, after)))
      yield new StoredChange(value).entry;
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
      const { seq, record } = new StoredChange(value).entry;
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
