/**
 * The keys of the section `related-feedback`, which is no reader's: it is not thrown away where readers begin anew.
 *
 *     f!<record>!<item>    what is said of the item among those related to the record
 *                          (`[votes, leftOutBy | null, at]`, DAG-CBOR)
 */
import * as dagCbor from '@ipld/dag-cbor';
import { pairOf, type Opinion } from './opinion.ts';

export const opinionKey = ({ record, item }: Pick<Opinion, 'record' | 'item'>): string =>
  `f!${pairOf(record, item)}`;
export const opinionRange = { gt: 'f!', lt: 'f!~' };

type Row = [votes: number, leftOutBy: NonNullable<Opinion['leftOutBy']> | null, at: number];

export function encodeOpinion({ votes, leftOutBy, at }: Opinion): Uint8Array {
  return dagCbor.encode([votes, leftOutBy ?? null, at] satisfies Row);
}

export function decodeOpinion(key: string, bytes: Uint8Array): Opinion {
  const [, record = '', item = ''] = key.split('!');
  const [votes, leftOutBy, at] = dagCbor.decode<Row>(bytes);
  return { record, item, votes, at, ...(leftOutBy !== null && { leftOutBy }) };
}
