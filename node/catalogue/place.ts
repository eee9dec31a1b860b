import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { ChangeKind } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';

/** Where a record's latest change stands. `dropped`: its feed is followed no longer, and nothing of it is kept. */
export interface Place {
  node: NodeId;
  seq: number;
  /** In this node's own order of changes. */
  position: number;
  kind: ChangeKind | 'dropped';
}

type PlaceTuple = [NodeId, number, number, Place['kind']];

export function encodePlace(place: Place): Uint8Array {
  return encodeCanonical([place.node, place.seq, place.position, place.kind] satisfies PlaceTuple);
}

export function decodePlace(bytes: Uint8Array): Place {
  const [node, seq, position, kind] = dagCbor.decode<PlaceTuple>(bytes);
  return { node, seq, position, kind };
}

/** Whether a record stands there, not a tombstone or nothing. */
export function isRecordPlace(place: Place | undefined): boolean {
  return place?.kind === 'created' || place?.kind === 'updated';
}
