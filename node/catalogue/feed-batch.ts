import * as dagCbor from '@ipld/dag-cbor';
import { decodeEntry, leafOf, SetDigest, type ChangeKind } from '../../protocols/heads/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import type { HoldingFacts } from '../../vocab/record-schema.ts';
import type { RecordFile } from '../../vocab/record.ts';
import type { Operation, Section } from '../store/index.ts';
import { encodeFeedState, type FeedState } from './feed-state.ts';
import {
  blockKey,
  entryKey,
  identifierKey,
  logKey,
  placeKey,
  stateKey,
  withdrawnFilesKey,
} from './layout.ts';
import { encodePlace, isRecordPlace, type Place } from './place.ts';

/** A change that was signed here or checked, as it is to be stored. */
export interface CheckedChange {
  key: string;
  seq: number;
  kind: ChangeKind;
  /** The signed entry, encoded. */
  entry: Uint8Array;
  block: Uint8Array;
  /** What the record is found by, each as `scheme!value`. */
  identifiers: readonly string[];
}

/** A change that is ready to be written. */
export interface PreparedChange extends CheckedChange {
  /** Where the record stood before. */
  previous: Place | undefined;
  /** Of an own record that goes: the files of it that are withdrawn; none of one that has come back. */
  withdrawnFiles?: readonly RecordFile[];
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
 * @param members of the set digest: the entries of `changes`
 */
export async function buildFeedBatch(
  section: Section,
  state: FeedState,
  position: number,
  changes: readonly PreparedChange[],
  members: SetDigest,
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
    if (oldEntry !== undefined) next.digest.remove(leafOf(decodeEntry(oldEntry)));
    if (oldBlock !== undefined) {
      for (const identifier of identifiersOf(decodeHolding(oldBlock))) {
        operations.push({ type: 'del', key: identifierKey(identifier, key) });
      }
    }
    next.live -= 1;
    next.bytes -= oldBlock?.length ?? 0;
    if (isRecordPlace(previous)) next.records -= 1;
    operations.push({ type: 'del', key: entryKey(previous?.node ?? '', previous?.seq ?? 0) });
  }

  const { node } = state;
  for (const { key, seq, kind, entry, block, identifiers, previous, withdrawnFiles } of changes) {
    position += 1;
    if (previous !== undefined) operations.push({ type: 'del', key: logKey(previous.position) });
    const place: Place = { node, seq, position, kind };
    operations.push(
      { type: 'put', key: blockKey(key), value: block },
      { type: 'put', key: placeKey(key), value: encodePlace(place) },
      { type: 'put', key: entryKey(node, seq), value: entry },
      { type: 'put', key: logKey(position), value: Buffer.from(key) },
    );
    for (const identifier of identifiers) {
      operations.push({ type: 'put', key: identifierKey(identifier, key), value: NOTHING });
    }
    if (withdrawnFiles !== undefined) operations.push(withdrawnFilesOperation(key, withdrawnFiles));
    next.live += 1;
    next.bytes += block.length;
    if (isRecordPlace(place)) next.records += 1;
    next.seq = Math.max(next.seq, seq);
  }
  next.digest.addAll(members);
  return { operations, state: next, position };
}

function withdrawnFilesOperation(key: string, files: readonly RecordFile[]): Operation {
  const place = withdrawnFilesKey(key);
  return files.length === 0
    ? { type: 'del', key: place }
    : { type: 'put', key: place, value: dagCbor.encode(files) };
}

export function stateOperation(state: FeedState): Operation {
  return { type: 'put', key: stateKey(state.node), value: encodeFeedState(state) };
}

const NOTHING = new Uint8Array();

/** What a holding is found by, each as `scheme!value`: its OAI identifier and the published work's DOI are among them. */
export function identifiersOf({
  oaiIdentifier,
  identifiers,
  publishedDoi,
}: Pick<HoldingFacts, 'oaiIdentifier' | 'identifiers' | 'publishedDoi'>): string[] {
  return [
    `oai!${oaiIdentifier}`,
    ...identifiers.map(({ scheme, value }) => `${scheme}!${value}`),
    ...(publishedDoi === undefined ? [] : [`doi!${publishedDoi}`]),
  ];
}

/** The set digest of changes by themselves. */
export function membersOf(changes: readonly CheckedChange[]): SetDigest {
  const members = SetDigest.empty();
  for (const { entry } of changes) members.add(leafOf(decodeEntry(entry)));
  return members;
}
