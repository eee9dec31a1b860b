import { entryBytes, encodeEntry, decodeEntry, type SignedEntry } from '../../protocols/heads/index.ts';
import { decodeHolding, type Block } from '../../vocab/block.ts';
import { isTombstone, type Holding, type Identifier } from '../../vocab/record.ts';
import type { Operation, Section } from '../store/index.ts';
import { encodeFeedState, type FeedState } from './feed-state.ts';
import { blockKey, entryKey, identifierKey, logKey, placeKey, stateKey } from './layout.ts';
import { encodePlace, isRecordPlace, type Place } from './place.ts';

/** A change that is ready to be written: checked or signed, with the block that it speaks of. */
export interface PreparedChange {
  key: string;
  entry: SignedEntry;
  /** Of the entry, as `entryBytes` makes them: they are needed for the signature and for the set digest. */
  bytes: Uint8Array;
  holding: Holding;
  block: Block;
  /** Where the record stood before. */
  previous: Place | undefined;
}

export interface FeedBatch {
  operations: Operation[];
  state: FeedState;
  position: number;
}

/**
 * The one atomic batch for some changes of one feed: blocks, places, entries, log, identifiers and the feed's next state.
 *
 * Each record occurs at most once in `changes`, which are in feed order.
 * @param position the last position of the log before the batch
 */
export async function buildFeedBatch(
  section: Section,
  state: FeedState,
  position: number,
  changes: readonly PreparedChange[],
): Promise<FeedBatch> {
  const replaced = changes.filter(({ previous }) => previous !== undefined && previous.kind !== 'dropped');
  const [oldEntries, oldBlocks] = await Promise.all([
    section.getMany(replaced.map(({ previous }) => entryKey(previous?.node ?? '', previous?.seq ?? 0))),
    section.getMany(replaced.map(({ key }) => blockKey(key))),
  ]);
  const next: FeedState = { ...state, digest: state.digest.clone() };
  const operations: Operation[] = [];

  for (const [i, { key, previous }] of replaced.entries()) {
    const [oldEntry, oldBlock] = [oldEntries[i], oldBlocks[i]];
    if (oldEntry !== undefined) next.digest.remove(entryBytes(decodeEntry(oldEntry)));
    if (oldBlock !== undefined) {
      for (const { scheme, value } of identifiersOf(decodeHolding(oldBlock))) {
        operations.push({ type: 'del', key: identifierKey(scheme, value, key) });
      }
    }
    next.live -= 1;
    next.bytes -= oldBlock?.length ?? 0;
    if (isRecordPlace(previous)) next.records -= 1;
    operations.push({ type: 'del', key: entryKey(previous?.node ?? '', previous?.seq ?? 0) });
  }

  for (const { key, entry, bytes, holding, block, previous } of changes) {
    position += 1;
    if (previous !== undefined) operations.push({ type: 'del', key: logKey(previous.position) });
    const place: Place = { node: entry.node, seq: entry.seq, position, kind: entry.kind };
    operations.push(
      { type: 'put', key: blockKey(key), value: block.bytes },
      { type: 'put', key: placeKey(key), value: encodePlace(place) },
      { type: 'put', key: entryKey(entry.node, entry.seq), value: encodeEntry(entry) },
      { type: 'put', key: logKey(position), value: Buffer.from(key) },
    );
    for (const { scheme, value } of identifiersOf(holding)) {
      operations.push({ type: 'put', key: identifierKey(scheme, value, key), value: NOTHING });
    }
    next.digest.add(bytes);
    next.live += 1;
    next.bytes += block.bytes.length;
    if (isRecordPlace(place)) next.records += 1;
    next.seq = Math.max(next.seq, entry.seq);
  }
  return { operations, state: next, position };
}

export function stateOperation(state: FeedState): Operation {
  return { type: 'put', key: stateKey(state.node), value: encodeFeedState(state) };
}

const NOTHING = new Uint8Array();

/** The identifiers a holding is found by, its OAI identifier and the published work's DOI among them. */
export function identifiersOf(holding: Holding): { scheme: Identifier['scheme'] | 'oai'; value: string }[] {
  const published = isTombstone(holding) ? undefined : holding.publishedDoi;
  return [
    { scheme: 'oai', value: holding.oaiIdentifier },
    ...holding.identifiers,
    ...(published === undefined ? [] : [{ scheme: 'doi' as const, value: published }]),
  ];
}
