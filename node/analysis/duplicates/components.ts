import type { Links } from './layout.ts';
import type { Rows } from './rows.ts';

/** What the records are, that hang together with those that a batch touched. */
export interface Components {
  /** Records that hang together by links, sorted; also single ones. */
  components: string[][];
  /** Records that hang together with more others than a work can have. */
  crowd: Set<string>;
}

/**
 * Finds the connected components in which the `seeds` lie.
 *
 * A component of more than `limit` records is a crowd: some chain of bad identifiers, not a work, and each of its
 * records stands alone. A crowd is never walked to its end: it is enough to see that it is one.
 *
 * @param seeds every record that stands and may have lost or gained a link: of each such link, both ends
 * @param isCrowded whether the record was one of a crowd before
 */
export async function findComponents(
  seeds: ReadonlySet<string>,
  {
    links,
    limit,
    isCrowded,
  }: { links: Rows<Links>; limit: number; isCrowded: (records: string[]) => Promise<Set<string>> },
): Promise<Components> {
  const components: string[][] = [];
  const crowd = new Set<string>();
  const done = new Set<string>();
  await links.load(seeds);
  for (const seed of seeds) {
    if (done.has(seed)) continue;
    // Most records are linked to nothing.
    if (links.get(seed) === undefined) {
      components.push([seed]);
      continue;
    }
    const reached = new Set([seed]);
    let frontier = [seed];
    while (frontier.length > 0) {
      await links.load(frontier);
      const fresh = new Set<string>();
      for (const record of frontier)
        for (const other of links.get(record)?.keys() ?? []) if (!reached.has(other)) fresh.add(other);
      for (const record of fresh) reached.add(record);
      frontier = [...fresh];
      if (reached.size <= limit) continue;
      // Behind what has been marked as crowd before lies nothing unmarked, or it is behind a seed of its own.
      const marked = await isCrowded(frontier);
      frontier = frontier.filter((record) => !crowd.has(record) && !marked.has(record));
    }
    if (reached.size <= limit) components.push([...reached].sort());
    else for (const record of reached) crowd.add(record);
    for (const record of reached) done.add(record);
  }
  return { components, crowd };
}
