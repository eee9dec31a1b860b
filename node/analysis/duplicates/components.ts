import { joins } from '../../../vocab/same-work/index.ts';
import type { Blocks } from './blocks.ts';
import { CROWD } from './layout.ts';
import type { Rows } from './rows.ts';

/** What the records are, that hang together with those that a batch touched. */
export interface Components {
  /** The records of each work, sorted; also works of one. */
  works: string[][];
  /** Records whose chain of matches is longer than a work can be. */
  crowd: Set<string>;
}

/**
 * Finds the connected components in which the `seeds` lie: records are connected where a match key joins them.
 *
 * A component of more than `limit` records is a crowd: some chain of bad identifiers, not a work, and each of its
 * records stands alone. A crowd is never walked to its end: it is enough to see that it is one.
 *
 * @param seeds every record that stands and may have lost or gained a connection: of each such connection, both ends
 */
export async function findComponents(
  seeds: ReadonlySet<string>,
  { rows, blocks, limit }: { rows: Rows; blocks: Blocks; limit: number },
): Promise<Components> {
  const works: string[][] = [];
  const crowd = new Set<string>();
  const done = new Set<string>();
  for (const seed of seeds) {
    if (done.has(seed)) continue;
    const reached = new Set([seed]);
    let frontier = [seed];
    while (frontier.length > 0) {
      const found = await neighbours(frontier, rows, blocks);
      const fresh = [...found].filter((record) => !reached.has(record));
      for (const record of fresh) reached.add(record);
      // Behind what has been marked as crowd before lies nothing unmarked, or it is behind a seed of its own.
      const isMarked = (record: string): boolean => crowd.has(record) || rows.stored(record)?.work === CROWD;
      frontier = reached.size > limit ? fresh.filter((record) => !isMarked(record)) : fresh;
    }
    if (reached.size <= limit) works.push([...reached].sort());
    else for (const record of reached) crowd.add(record);
    for (const record of reached) done.add(record);
  }
  return { works, crowd };
}

/** The records that are joined to any of the given ones. */
async function neighbours(records: readonly string[], rows: Rows, blocks: Blocks): Promise<Set<string>> {
  const blocksOf = (record: string): Iterable<string> => rows.get(record)?.profile.keys.keys() ?? [];
  await blocks.load(records.flatMap((record) => [...blocksOf(record)]));
  await rows.load(
    records.flatMap((record) => [...blocksOf(record)].flatMap((block) => blocks.members(block))),
  );
  const found = new Set<string>();
  for (const record of records) {
    const row = rows.get(record);
    if (row === undefined) continue;
    for (const block of row.profile.keys.keys()) {
      for (const other of blocks.members(block)) {
        if (found.has(other) || other === record) continue;
        const otherRow = rows.get(other);
        if (otherRow !== undefined && joins(block, row.profile, otherRow.profile)) found.add(other);
      }
    }
  }
  return found;
}
