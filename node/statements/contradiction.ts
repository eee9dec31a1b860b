import type { Statement } from './statement.ts';

/** What is said of a record, of which other. */
type SaidOf = (record: string) => Iterable<{ other: string; says: Statement['says'] }>;

/**
 * The pair of records that would be the same work and not the same if the statement were added to what is said; undefined
 * where there is none. That two are the same goes on through others: A and B, B and C, so A and C.
 */
export function contradiction(
  { records: [a, b], says }: Pick<Statement, 'records' | 'says'>,
  saidOf: SaidOf,
): [string, string] | undefined {
  const withA = sameAs(a, b, saidOf);
  if (says === 'different') return withA.has(b) ? [a, b] : undefined;
  const withB = sameAs(b, a, saidOf);
  for (const one of withA)
    for (const { other, says: said } of saidOf(one)) {
      const isAboutTheTwo = (one === a && other === b) || (one === b && other === a);
      if (said === 'different' && withB.has(other) && !isAboutTheTwo) return [one, other];
    }
  return undefined;
}

/** All that are the same as a record, itself too; what is said of it and the other of the pair in question is left aside. */
function sameAs(record: string, other: string, saidOf: SaidOf): Set<string> {
  const reached = new Set([record]);
  for (const one of reached)
    for (const said of saidOf(one)) {
      const isAboutTheTwo =
        (one === record && said.other === other) || (one === other && said.other === record);
      if (said.says === 'same' && !isAboutTheTwo) reached.add(said.other);
    }
  return reached;
}
