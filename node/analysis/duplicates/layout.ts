/**
 * The keys of the duplicates' section. All but `n` is deterministic in the set of records held.
 *
 *     r!<record>            what is compared of a record, and the work it lies in (`Row`, DAG-CBOR)
 *     b!<block>             the records that have the match key: their keys, or their number where they are too many
 *     o!<block>!<record>    a record in a block that has too many (empty)
 *     w!<work>              the records of a work, sorted; only of works of two or more
 *     n                     how many records, works of two or more, and records in those (DAG-CBOR)
 */
import * as dagCbor from '@ipld/dag-cbor';
import { byBlock, type Profile } from '../../../vocab/same-work/index.ts';

/** The mark of a record whose chain of matches is too long to be one work. */
export const CROWD = '*';

export interface Row {
  profile: Profile;
  /** The work's id where it has two or more records, `CROWD`, or undefined where the record is alone. */
  work: string | undefined;
}

export interface Counts {
  records: number;
  clusters: number;
  clustered: number;
}

type RowTuple = [
  keys: [text: string, whole: boolean][],
  firstAuthor: string[],
  authors: string[],
  ownDois: string[],
  publishedDoi: string | null,
  work: string | null,
];

export const rowKey = (record: string): string => `r!${record}`;
export const blockKey = (block: string): string => `b!${block}`;
export const overflowKey = (block: string, record: string): string => `o!${block}!${record}`;
export const workKey = (work: string): string => `w!${work}`;
export const COUNTS_KEY = 'n';

export const overflowRange = (block: string): { gt: string; lt: string } => ({
  gt: `o!${block}!`,
  lt: `o!${block}!~`,
});
export const workRange = (after: string | undefined): { gt: string; lt: string } => ({
  gt: after === undefined ? 'w!' : workKey(after),
  lt: 'w!~',
});

/** The id of the work of these records, which are sorted: the same on every node that holds the same records. */
export function workId(members: readonly string[]): string {
  return `w${members[0] ?? ''}`;
}

export function encodeRow({ profile, work }: Row): Uint8Array {
  const { keys, authors, dois } = profile;
  return dagCbor.encode([
    [...keys.values()].map(({ text, whole }) => [text, whole]),
    authors.first,
    authors.all,
    [...dois.own],
    dois.published ?? null,
    work ?? null,
  ] satisfies RowTuple);
}

export function decodeRow(bytes: Uint8Array): Row {
  const [keys, first, all, own, published, work] = dagCbor.decode<RowTuple>(bytes);
  return {
    profile: {
      keys: byBlock(keys.map(([text, whole]) => ({ text, whole }))),
      authors: { first, all },
      dois: { own, published: published ?? undefined },
    },
    work: work ?? undefined,
  };
}

/** The keys of the records in a block, or their number where they are too many. */
export type BlockValue = string[] | number;

export const encodeBlock = (value: BlockValue): Uint8Array => dagCbor.encode(value);
export const decodeBlock = (bytes: Uint8Array): BlockValue => dagCbor.decode<BlockValue>(bytes);
export const encodeMembers = (members: readonly string[]): Uint8Array => dagCbor.encode([...members]);
export const decodeMembers = (bytes: Uint8Array): string[] => dagCbor.decode<string[]>(bytes);
export const encodeCounts = ({ records, clusters, clustered }: Counts): Uint8Array =>
  dagCbor.encode([records, clusters, clustered]);
export function decodeCounts(bytes: Uint8Array): Counts {
  const [records, clusters, clustered] = dagCbor.decode<[number, number, number]>(bytes);
  return { records, clusters, clustered };
}
