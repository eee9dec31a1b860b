import { leafOf, type SignedEntry } from '../../protocols/heads/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import { keyOfIri, recordKey } from '../../vocab/record-key.ts';
import type { Holding, NodeId } from '../../vocab/record.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { identifiersOf, stateOperation } from './feed-batch.ts';
import { withoutHead, type FeedState } from './feed-state.ts';
import {
  entryKey,
  entryRange,
  identifierKey,
  loggedDrop,
  logKey,
  movedKey,
  placeKey,
  stateKey,
} from './layout.ts';
import { Log } from './log.ts';
import { encodePlace, isRecordPlace, type Place } from './place.ts';
import { placesOf, StoredChange } from './rows.ts';

const BATCH = 500;

/** In which way a feed is dropped. */
export interface Dropping {
  /** The id under which the node goes on: its records are found under their new keys. */
  successor?: NodeId | undefined;
  /** Whether another history may follow. Else what was seen of a record stays seen, and nothing older is taken in again. */
  isForgiven?: boolean;
}

/** Drops to their end the feeds whose dropping was broken off: they have records, but no place that they go up to. */
export async function finishDrops(
  section: Section,
  states: Map<NodeId, FeedState>,
  own: NodeId,
): Promise<void> {
  for (const state of states.values()) {
    if (state.node === own || state.seq > 0 || state.live === 0) continue;
    await dropFeed(section, state, await new Log(section).end());
    states.delete(state.node);
  }
}

/**
 * Takes a followed feed out of the store, some hundred records a batch. Each batch leaves a state that is true of what is
 * left, as of a copy that has yet to begin, so that a crash in between harms nothing. Each record keeps its place in the
 * log, so that readers see it go.
 * @returns the last position of the log afterwards
 */
export async function dropFeed(
  section: Section,
  state: FeedState,
  position: number,
  how: Dropping = {},
): Promise<number> {
  let left: FeedState = { ...withoutHead(state), seq: 0 };
  for (;;) {
    const some = await firstOf(section, state.node);
    if (some.length === 0) {
      await writeBatch(section, [{ type: 'del', key: stateKey(state.node) }], { durable: true });
      return position;
    }
    const operations = dropping(some, position, how);
    position += some.length;
    left = stateWithout(left, some);
    await writeBatch(section, [...operations, stateOperation(left)], { durable: true });
  }
}

/** An entry of a feed with what stands under it. */
export interface Standing {
  entry: SignedEntry;
  key: string;
  block: Uint8Array;
  holding: Holding;
  place: Place | undefined;
}

/** The first entries of a feed, some hundred; none where the feed is empty. */
export async function firstOf(section: Section, node: NodeId): Promise<Standing[]> {
  const values = await section.values({ ...entryRange(node, 0), limit: BATCH }).all();
  const changes = values.map((value) => new StoredChange(value));
  const keys = changes.map(({ entry }) => keyOfIri(entry.record) ?? '');
  const places = await placesOf(section, keys);
  return changes.map(({ entry, block }, i) => ({
    entry,
    key: keys[i] ?? '',
    block,
    holding: decodeHolding(block),
    place: places[i],
  }));
}

/** What takes entries out of the store; they keep places of the log behind `position`. */
export function dropping(
  some: readonly Standing[],
  position: number,
  { successor, isForgiven = false }: Dropping,
): Operation[] {
  return some.flatMap(({ entry, key, holding, place }, i): Operation[] => {
    const seq = isForgiven ? 0 : entry.seq;
    const dropped: Place = { node: entry.node, seq, position: position + 1 + i, kind: 'dropped' };
    return [
      ...(place === undefined ? [] : [{ type: 'del', key: logKey(place.position) } as const]),
      ...identifiersOf(holding).map((one) => ({ type: 'del', key: identifierKey(one, key) }) as const),
      { type: 'del', key: entryKey(entry.node, entry.seq) },
      { type: 'put', key: placeKey(key), value: encodePlace(dropped) },
      { type: 'put', key: logKey(dropped.position), value: loggedDrop(key) },
      ...(successor === undefined
        ? []
        : [
            {
              type: 'put',
              key: movedKey(key),
              value: Buffer.from(recordKey(successor, holding.oaiIdentifier)),
            } as const,
          ]),
    ];
  });
}

/** The state of a feed without some of its entries. */
export function stateWithout(state: FeedState, some: readonly Standing[]): FeedState {
  const left = { ...state, digest: state.digest.clone() };
  for (const { entry, block, place } of some) {
    left.digest.remove(leafOf(entry));
    left.live -= 1;
    left.bytes -= block.length;
    if (isRecordPlace(place)) left.records -= 1;
  }
  return left;
}
