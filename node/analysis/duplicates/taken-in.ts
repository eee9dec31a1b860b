import type { Operation, Section } from '../../store/index.ts';
import { saidKey, saidRange, toBytes, toText } from './layout.ts';
import type { Statements } from './statements.ts';

/** What the manager says of the records, to be kept beside what follows from it. */
export async function takenInOperations(
  records: Iterable<string>,
  statements: Statements,
): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const record of records) {
    const text = await textOf(record, statements);
    const key = saidKey(record);
    operations.push(text === '' ? { type: 'del', key } : { type: 'put', key, value: toBytes(text) });
  }
  return operations;
}

/** The records of which something else is said than was taken in: the node ended between the two. */
export async function saidSince(section: Section, statements: Statements): Promise<Set<string>> {
  const takenIn = new Map<string, string>();
  for await (const [key, value] of section.iterator(saidRange))
    takenIn.set(key.slice(saidKey('').length), toText(value));
  const since = new Set<string>();
  for (const record of new Set([...takenIn.keys(), ...statements.records()]))
    if ((takenIn.get(record) ?? '') !== (await textOf(record, statements))) since.add(record);
  return since;
}

/** The same in whatever order it is told. */
async function textOf(record: string, statements: Statements): Promise<string> {
  const said = await statements.of(record);
  return said
    .map(({ other, says }) => `${other} ${says}`)
    .sort()
    .join('\n');
}
