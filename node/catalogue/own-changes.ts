import * as dagCbor from '@ipld/dag-cbor';
import type { ChangeKind } from '../../protocols/heads/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import {
  isTombstone,
  type Holding,
  type Record as NgrRecord,
  type RecordFile,
  type Tombstone,
} from '../../vocab/record.ts';
import { recordIri, recordKey } from '../../vocab/record-key.ts';
import type { Section } from '../store/index.ts';
import { identifiersOf } from './feed-batch.ts';
import { withdrawnFilesKey } from './layout.ts';
import { ownBlock } from './own-block.ts';
import type { Place } from './place.ts';
import { changesAt, placesOf } from './rows.ts';
import type { Origin, UnsignedChange } from './sign-own.ts';
import {
  carryWithdrawnFiles,
  reinstateFile,
  withdrawFile,
  withdrawnOf,
  withoutWithdrawnAddresses,
} from './withdrawn-files.ts';

/** A record as a harvest brings it: without what only the catalogue can say, whose it is and under which IRI. */
export type HarvestedRecord = Omit<NgrRecord, 'id' | 'node'>;

/** What a source, the manager or a later stage of the harvest says of one of the node's own records. */
export type OwnChange =
  | { type: 'put'; record: HarvestedRecord }
  /** The source deleted it. */
  | { type: 'delete'; oaiIdentifier: string; datestamp: string; reason: string }
  /** What was found out since, from its files say, is added to the record as it is by then. */
  | { type: 'amend'; oaiIdentifier: string; change: (record: NgrRecord) => HarvestedRecord }
  /** The manager takes it out of view, everywhere. */
  | { type: 'withdraw'; oaiIdentifier: string; reason: string }
  /** The manager takes a withdrawal back; the record comes from the source, as it is now. */
  | { type: 'reinstate'; record: HarvestedRecord }
  /** The same for one of its files, by its address. */
  | { type: 'withdraw-file'; oaiIdentifier: string; url: string; reason: string }
  | { type: 'reinstate-file'; oaiIdentifier: string; url: string };

/** What became of a change. `kept-withdrawn`: the source still has a record that the manager withdrew. */
export type Outcome = ChangeKind | 'unchanged' | 'unknown' | 'kept-withdrawn';

export interface OwnDecision {
  key: string;
  outcome: Outcome;
  /** There where something is to be written. */
  change?: UnsignedChange;
}

/**
 * Decides for each record what is to be written, if anything: the same content is no change, a withdrawn record comes
 * back by `reinstate` only, and what was never here cannot be deleted. Several changes to one record are one write.
 */
export async function decideOwnChanges(
  section: Section,
  origin: Origin,
  changes: readonly OwnChange[],
  now: number,
): Promise<OwnDecision[]> {
  const changesByKey = new Map<string, OwnChange[]>();
  for (const change of changes) {
    const key = recordKey(origin.node, oaiIdentifierOf(change));
    const others = changesByKey.get(key);
    if (others === undefined) changesByKey.set(key, [change]);
    else others.push(change);
  }
  const keys = [...changesByKey.keys()];
  const places = await placesOf(section, keys);
  const standing = await changesAt(section, places);
  const stored = new Map(
    keys.flatMap((key, i) => {
      const bytes = standing[i]?.block;
      return bytes === undefined ? [] : [[key, { holding: decodeHolding(bytes), bytes }] as const];
    }),
  );
  const gone = keys.filter((key) => isGone(stored.get(key)?.holding));
  const remembered = await section.getMany(gone.map(withdrawnFilesKey));
  const withdrawn = new Map(
    gone.map((key, i) => {
      const bytes = remembered[i];
      return [key, bytes === undefined ? [] : dagCbor.decode<RecordFile[]>(bytes)] as const;
    }),
  );
  return keys.map((key, i) => {
    const stands: Standing = {
      key,
      origin,
      now,
      previous: places[i],
      stored: stored.get(key),
      withdrawn: withdrawn.get(key) ?? [],
    };
    return decide(stands, changesByKey.get(key) ?? []);
  });
}

/** Where a record stands before the changes. */
interface Standing {
  key: string;
  origin: Origin;
  now: number;
  previous: Place | undefined;
  stored: { holding: Holding; bytes: Uint8Array } | undefined;
  /** Of one that is gone: the files that were withdrawn when it went. */
  withdrawn: readonly RecordFile[];
}

function isGone(holding: Holding | undefined): boolean {
  return holding !== undefined && isTombstone(holding);
}

function decide(stands: Standing, changes: readonly OwnChange[]): OwnDecision {
  const { key, previous, stored } = stands;
  let holding = stored?.holding;
  let outcome: Outcome = 'unchanged';
  let withdrawn = holding !== undefined && !isTombstone(holding) ? withdrawnOf(holding) : stands.withdrawn;
  for (const change of changes) {
    const after = applied(change, holding, { ...stands, withdrawn });
    if (typeof after === 'string') outcome = after;
    else holding = isTombstone(after) ? after : withoutWithdrawnAddresses(after);
    if (holding !== undefined && !isTombstone(holding)) withdrawn = withdrawnOf(holding);
  }
  if (holding === undefined || holding === stored?.holding) return { key, outcome };
  if (stored !== undefined && isSameContent(holding, stored)) return { key, outcome: 'unchanged' };
  const kind = isTombstone(holding) ? holding.tombstone.kind : stored === undefined ? 'created' : 'updated';
  const own = ownBlock(holding);
  const identifiers = identifiersOf(own.holding);
  const isRemembered = isGone(holding) ? withdrawn.length > 0 : stands.withdrawn.length > 0;
  const withdrawnFiles = isGone(holding) ? withdrawn : [];
  const change: UnsignedChange = {
    key,
    kind,
    identifiers,
    block: own.block,
    previous,
    ...(isRemembered && { withdrawnFiles }),
  };
  return { key, outcome: kind, change };
}

/** The holding as the change leaves it, or why it leaves it alone. */
function applied(
  change: OwnChange,
  before: Holding | undefined,
  { key, origin, now, withdrawn }: Standing,
): Holding | 'unchanged' | 'unknown' | 'kept-withdrawn' {
  const record = before === undefined || isTombstone(before) ? undefined : before;
  const own = (harvested: HarvestedRecord): NgrRecord => ({
    id: recordIri(origin.base, key),
    node: origin.node,
    ...harvested,
  });
  switch (change.type) {
    case 'put':
      if (before !== undefined && isTombstone(before) && before.tombstone.kind === 'withdrawn')
        return 'kept-withdrawn';
      return own(carryWithdrawnFiles(withdrawn, change.record));
    case 'reinstate':
      return own(carryWithdrawnFiles(withdrawn, change.record));
    case 'delete':
      if (record === undefined) return 'unknown';
      return tombstoneOf(record, 'deleted', change.reason, now, change.datestamp);
    case 'withdraw':
      if (before === undefined) return 'unknown';
      if (isTombstone(before) && before.tombstone.kind === 'withdrawn') return 'unchanged';
      return tombstoneOf(before, 'withdrawn', change.reason, now, before.datestamp);
    case 'amend':
      return record === undefined ? 'unknown' : own(change.change(record));
    case 'withdraw-file':
      return withdrawFile(record, change.url, { reason: change.reason, at: now });
    case 'reinstate-file':
      return reinstateFile(record, change.url);
  }
}

/** Fetching the same record again at another time is no change, nor is another datestamp of the source by itself. */
function isSameContent(after: Holding, stored: { holding: Holding; bytes: Uint8Array }): boolean {
  const before = stored.holding;
  if (isTombstone(after) || isTombstone(before)) return false;
  const { datestamp } = before;
  const { harvestedAt } = before.provenance;
  const aligned = { ...after, datestamp, provenance: { ...after.provenance, harvestedAt } };
  return Buffer.compare(ownBlock(aligned).block.bytes, stored.bytes) === 0;
}

/** All that may be kept of a record that is gone: abstract, files and raw metadata are not. */
function tombstoneOf(
  before: Holding,
  kind: Tombstone['tombstone']['kind'],
  reason: string,
  at: number,
  datestamp: string,
): Tombstone {
  const { id, node, oaiIdentifier, sets, titles, identifiers } = before;
  return { id, node, oaiIdentifier, sets, datestamp, titles, identifiers, tombstone: { kind, reason, at } };
}

function oaiIdentifierOf(change: OwnChange): string {
  return 'record' in change ? change.record.oaiIdentifier : change.oaiIdentifier;
}
