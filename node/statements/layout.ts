/**
 * The keys of the section `statements`, which is no reader's: it is not thrown away where readers begin anew.
 *
 *     s!<a>!<b>    what is said of the records a and b, a < b (`[says, at]`, DAG-CBOR)
 */
import * as dagCbor from '@ipld/dag-cbor';
import { inOrder, type Statement, type Verdict } from './statement.ts';

export const statementKey = ([a, b]: readonly [string, string]): string => `s!${a}!${b}`;
export const statementRange = { gt: 's!', lt: 's!~' };

export function encodeStatement({ says, at }: Statement): Uint8Array {
  return dagCbor.encode([says, at]);
}

export function decodeStatement(key: string, bytes: Uint8Array): Statement {
  const [, a = '', b = ''] = key.split('!');
  const [says, at] = dagCbor.decode<[Verdict, number]>(bytes);
  return { records: inOrder(a, b), says, by: 'manager', at };
}
