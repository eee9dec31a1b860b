import {
  entryBytes,
  signEntries,
  type ChangeKind,
  type Entry,
  type Signer,
} from '../../protocols/heads/index.ts';
import { decodeHolding, encodeHolding, type Block } from '../../vocab/block.ts';
import {
  isTombstone,
  type Holding,
  type NodeId,
  type Record as NgrRecord,
  type Tombstone,
} from '../../vocab/record.ts';
import { recordIri, recordKey } from '../../vocab/record-key.ts';
import type { Section } from '../store/index.ts';
import type { PreparedChange } from './feed-batch.ts';
import { blockKey, placeKey } from './layout.ts';
import { decodePlace, isRecordPlace, type Place } from './place.ts';

/** A record as a harvest brings it: without what only the catalogue can say, whose it is and under which IRI. */
export type HarvestedRecord = Omit<NgrRecord, 'id' | 'node'>;

/** What a source, or the manager, says of one of the node's own records. */
export type OwnChange =
  | { type: 'put'; record: HarvestedRecord }
  /** The source deleted it. */
  | { type: 'delete'; oaiIdentifier: string; datestamp: string; reason: string }
  /** The manager takes it out of view, everywhere. */
  | { type: 'withdraw'; oaiIdentifier: string; reason: string }
  /** The manager takes a withdrawal back; the record comes from the source, as it is now. */
  | { type: 'reinstate'; record: HarvestedRecord };

/** What became of a change. `kept-withdrawn`: the source still has a record that the manager withdrew. */
export type Outcome = ChangeKind | 'unchanged' | 'unknown' | 'kept-withdrawn';

export interface OwnDecision {
  key: string;
  outcome: Outcome;
  /** There where something is to be written. */
  change?: { kind: ChangeKind; holding: Holding; block: Block; previous: Place | undefined };
}

export interface Origin {
  node: NodeId;
  base: string;
}

/**
 * Decides for each change what is to be written, if anything: the same content is no change, a withdrawn record comes
 * back by `reinstate` only, and what was never here cannot be deleted. Of several changes to one record the last counts.
 */
export async function decideOwnChanges(
  section: Section,
  origin: Origin,
  changes: readonly OwnChange[],
  now: number,
): Promise<OwnDecision[]> {
  const lastByKey = new Map<string, OwnChange>();
  for (const change of changes) {
    const key = recordKey(origin.node, oaiIdentifierOf(change));
    lastByKey.delete(key);
    lastByKey.set(key, change);
  }
  const keys = [...lastByKey.keys()];
  const places = (await section.getMany(keys.map(placeKey))).map((bytes) =>
    bytes === undefined ? undefined : decodePlace(bytes),
  );
  const known = keys.filter((_, i) => places[i] !== undefined);
  const blocks = await section.getMany(known.map(blockKey));
  const stored = new Map(
    known.flatMap((key, i) => {
      const bytes = blocks[i];
      return bytes === undefined ? [] : [[key, { holding: decodeHolding(bytes), bytes }] as const];
    }),
  );
  return keys.map((key, i) => {
    const change = lastByKey.get(key);
    if (change === undefined) throw new TypeError('a key without its change');
    return decide(origin, key, change, places[i], stored.get(key), now);
  });
}

function decide(
  origin: Origin,
  key: string,
  change: OwnChange,
  previous: Place | undefined,
  stored: { holding: Holding; bytes: Uint8Array } | undefined,
  now: number,
): OwnDecision {
  const before = stored?.holding;
  const write = (kind: ChangeKind, holding: Holding, block = encodeHolding(holding)): OwnDecision => ({
    key,
    outcome: kind,
    change: { kind, holding, block, previous },
  });

  switch (change.type) {
    case 'put':
    case 'reinstate': {
      if (change.type === 'put' && previous?.kind === 'withdrawn') return { key, outcome: 'kept-withdrawn' };
      const record: NgrRecord = { id: recordIri(origin.base, key), node: origin.node, ...change.record };
      if (stored === undefined || before === undefined) return write('created', record);
      if (isTombstone(before)) return write('updated', record);
      return isSameContent(record, before, stored.bytes)
        ? { key, outcome: 'unchanged' }
        : write('updated', record);
    }
    case 'delete': {
      if (!isRecordPlace(previous) || before === undefined) return { key, outcome: 'unknown' };
      return write('deleted', tombstoneOf(before, 'deleted', change.reason, now, change.datestamp));
    }
    case 'withdraw': {
      if (before === undefined) return { key, outcome: 'unknown' };
      if (previous?.kind === 'withdrawn') return { key, outcome: 'unchanged' };
      return write('withdrawn', tombstoneOf(before, 'withdrawn', change.reason, now, before.datestamp));
    }
  }
}

/**
 * The changes to be written, as entries of the node's feed behind `after`, signed together.
 *
 * @param time of the change, milliseconds since 1970
 */
export function signOwnChanges(
  decisions: readonly OwnDecision[],
  { node, base }: Origin,
  { after, time }: { after: number; time: number },
  signer: Signer,
): PreparedChange[] {
  const changes = decisions.flatMap(({ key, change }) => (change === undefined ? [] : [{ key, ...change }]));
  const entries = changes.map(({ key, kind, block }, i): Entry => ({
    node,
    seq: after + 1 + i,
    record: recordIri(base, key),
    kind,
    time,
    digest: block.digest,
  }));
  const bytes = entries.map(entryBytes);
  const signatures = signEntries(bytes, signer);
  return changes.flatMap(({ key, holding, block, previous }, i) => {
    const [entry, signature, signed] = [entries[i], signatures[i], bytes[i]];
    if (entry === undefined || signature === undefined || signed === undefined) return [];
    return [{ key, entry: { ...entry, signature }, bytes: signed, holding, block, previous }];
  });
}

/** Fetching the same record again at another time is no change. */
function isSameContent(after: NgrRecord, before: NgrRecord, beforeBytes: Uint8Array): boolean {
  const { harvestedAt } = before.provenance;
  const aligned = { ...after, provenance: { ...after.provenance, harvestedAt } };
  return Buffer.compare(encodeHolding(aligned).bytes, beforeBytes) === 0;
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
