import { byteaArray } from './bytea-array.ts';
import { mapKey } from './joined-gets.ts';
import { bytesOf } from './range-scan.ts';
import type { Table } from './table.ts';
import type { Statement } from './transaction.ts';

export type Key = string | Uint8Array;
export type Value = string | Uint8Array;
/** One operation of a batch, as `abstract-level` hands it over. */
export type Write = { type: 'put'; key: Key; value: Value } | { type: 'del'; key: Key };

/** One statement carries no more: the server takes it into memory as a whole, and CockroachDB bounds it. */
const STATEMENT_ROWS = 5_000;
const STATEMENT_BYTES = 8 * 1024 * 1024;

/**
 * The statements of a batch, for one transaction. Each row once, and in the order of keys: batches that have rows in common seldom
 * cross then.
 */
export function statementsOf(operations: readonly Write[], table: Table): Statement[] {
  const last = new Map<string, Write>();
  for (const operation of operations) last.set(mapKey(bytesOf(operation.key)), operation);
  const puts: [Buffer, Buffer][] = [];
  const deletions: Buffer[] = [];
  for (const name of [...last.keys()].sort()) {
    const operation = last.get(name);
    const key = Buffer.from(name, 'latin1');
    if (operation?.type === 'put') puts.push([key, bytesOf(operation.value)]);
    else deletions.push(key);
  }
  const statements: Statement[] = [];
  for (const keys of portions(deletions, (key) => key.length))
    statements.push({ text: table.delete, values: [byteaArray(keys)] });
  for (const rows of portions(puts, ([key, value]) => key.length + value.length)) {
    const columns = [rows.map(([key]) => key), rows.map(([, value]) => value)];
    statements.push({ text: table.put, values: columns.map(byteaArray) });
  }
  return statements;
}

function* portions<T>(rows: readonly T[], bytesIn: (row: T) => number): Generator<T[]> {
  let portion: T[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = bytesIn(row);
    if (portion.length >= STATEMENT_ROWS || (portion.length > 0 && bytes + size > STATEMENT_BYTES)) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(row);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}
