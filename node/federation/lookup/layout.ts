/**
 * The keys of three sections of the store.
 *
 * `work-keys`, the own records by their work keys, and the filter made of them:
 *
 *     r!<record>             the record's work keys, 8 bytes each
 *     k!<work key>!<record>  the record has that key (empty)
 *     d!<4 hex digits>       the last position of the log that changed a key that begins so
 *     n                      how many rows `k!` there are, and the last position (DAG-CBOR)
 *     m                      manifest of the filter, and the position up to which it was made (DAG-CBOR)
 *     s!<segment>            a segment of the filter
 *
 * `filters`, those of other nodes:
 *
 *     m!<node>               manifest, when it was fetched, where the next questions begin (DAG-CBOR)
 *     s!<node>!<segment>     a segment
 *
 * `looked-up`, the records that other nodes gave for the asking:
 *
 *     r!<record>             entry, block, and what is known of it (`StoredCopy`, DAG-CBOR)
 *     k!<work key>!<record>  the record has that key (empty)
 *     n!<node>!<record>      it is of that node: place, bytes and work keys (DAG-CBOR)
 *     e!<time>!<record>      when it is let go (empty)
 *
 * Segments are 4 hex digits, times 12.
 */
import type { NodeId } from '../../../vocab/record.ts';
import type { WorkKey } from '../../../protocols/holdings-filter/index.ts';
import { numberKey } from '../../store/index.ts';

const END = '~';
const segmentName = (segment: number): string => segment.toString(16).padStart(4, '0');

export const recordRow = (record: string): string => `r!${record}`;
export const keyRow = (key: WorkKey, record: string): string => `k!${key}!${record}`;
/** @param range of work keys, or of their beginnings */
export const keyRange = ({ gte, lt }: { gte: string; lt: string }): { gte: string; lt: string } => ({
  gte: `k!${gte}`,
  lt: `k!${lt}`,
});
export const recordsOfKey = (key: WorkKey): { gt: string; lt: string } => ({
  gt: `k!${key}!`,
  lt: `k!${key}!${END}`,
});
export const partsOfKeyRow = (row: string): { key: WorkKey; record: string } => ({
  key: row.slice(2, 18),
  record: row.slice(19),
});

export const changedRow = (key: WorkKey): string => `d!${key.slice(0, 4)}`;
export const changedRange = { gt: 'd!', lt: `d!${END}` };
export const beginningOfChangedRow = (row: string): string => row.slice(2);
export const COUNTS_ROW = 'n';
export const OWN_MANIFEST_ROW = 'm';
export const ownSegmentRow = (segment: number): string => `s!${segmentName(segment)}`;

export const manifestRow = (node: NodeId): string => `m!${node}`;
export const manifestRange = { gt: 'm!', lt: `m!${END}` };
export const segmentRow = (node: NodeId, segment: number): string => `s!${node}!${segmentName(segment)}`;
export const segmentRowsOf = (node: NodeId): { gt: string; lt: string } => ({
  gt: `s!${node}!`,
  lt: `s!${node}!${END}`,
});

export const nodeRow = (node: NodeId, record: string): string => `n!${node}!${record}`;
export const nodeRows = (node?: NodeId): { gt: string; lt: string } =>
  node === undefined ? { gt: 'n!', lt: `n!${END}` } : { gt: `n!${node}!`, lt: `n!${node}!${END}` };

export const expiryRow = (time: number, record: string): string => `e!${numberKey(time)}!${record}`;
export const expiryRange = (upTo?: number): { gt: string; lt: string } => ({
  gt: 'e!',
  lt: upTo === undefined ? `e!${END}` : `e!${numberKey(upTo)}`,
});
export const lastPartOf = (row: string): string => row.slice(row.lastIndexOf('!') + 1);
