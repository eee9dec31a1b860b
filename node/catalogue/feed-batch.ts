import * as dagCbor from '@ipld/dag-cbor';
import { leafOf, SetDigest, type ChangeKind } from '../../protocols/heads/index.ts';
import { decodePageItem } from '../../protocols/replication/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import type { HoldingFacts } from '../../vocab/record-schema.ts';
import type { RecordFile } from '../../vocab/record.ts';
import type { Operation, Section } from '../store/index.ts';
import { encodeFeedState, type FeedState } from './feed-state.ts';
import {
  entryKey,
  identifierKey,
  loggedEntry,
  logKey,
  placeKey,
  stateKey,
  withdrawnFilesKey,
} from './layout.ts';
import { encodePlace, isRecordPlace, type Place } from './place.ts';
import { changesAt } from './rows.ts';

/** A change that was signed here or checked, as it is to be stored. */
export interface CheckedChange {
  key: string;
  seq: number;
  kind: ChangeKind;
  /** The signed entry with its block, as it is stored and goes over the wire (protocols/replication/page-item.ts). */
  encoded: Uint8Array;
  /** Of the block. */
  bytes: number;
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
 * The one atomic batch for some changes of one feed: places, entries with their blocks, log, identifiers and the feed's next state.
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
  const formerChanges = await changesAt(
    section,
    replaced.map(({ previous }) => previous),
  );
  const next: FeedState = { ...state, digest: state.digest.clone() };
  const operations: Operation[] = [];

  for (const [i, { key, previous }] of replaced.entries()) {
    const former = formerChanges[i];
    if (former !== undefined) {
      next.digest.remove(leafOf(former.entry));
      next.bytes -= former.block.length;
      for (const identifier of identifiersOf(decodeHolding(former.block))) {
        operations.push({ type: 'del', key: identifierKey(identifier, key) });
      }
    }
    next.live -= 1;
    if (isRecordPlace(previous)) next.records -= 1;
    operations.push({ type: 'del', key: entryKey(previous?.node ?? '', previous?.seq ?? 0) });
  }

  const { node } = state;
  for (const { key, seq, kind, encoded, bytes, identifiers, previous, withdrawnFiles } of changes) {
    position += 1;
    if (previous !== undefined) operations.push({ type: 'del', key: logKey(previous.position) });
    const place: Place = { node, seq, position, kind };
    operations.push(
      { type: 'put', key: placeKey(key), value: encodePlace(place) },
      { type: 'put', key: entryKey(node, seq), value: encoded },
      { type: 'put', key: logKey(position), value: loggedEntry(node, seq) },
    );
    for (const identifier of identifiers) {
      operations.push({ type: 'put', key: identifierKey(identifier, key), value: NOTHING });
    }
    if (withdrawnFiles !== undefined) operations.push(withdrawnFilesOperation(key, withdrawnFiles));
    next.live += 1;
    next.bytes += bytes;
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
  for (const { encoded } of changes) members.add(leafOf(decodePageItem(encoded).entry));
  return members;
}
