import type { Operation } from '../../store/index.ts';
import { CROWD, encodeKeys, workId, workKey, type Counts } from './layout.ts';
import type { Rows } from './rows.ts';

/** One work: the records of it that are held, its copies and versions. */
export interface Work {
  /** `w` and the smallest of the members' keys. */
  id: string;
  /** Keys of records, sorted. */
  members: string[];
}

/** The works that a batch leaves standing, and those that it ends. */
export interface WorksAfter {
  standing: readonly Work[];
  gone: ReadonlySet<string>;
}

/** Marks each record with its work, or as one of a crowd; those that no longer stand with nothing. */
export function assignWorks(
  {
    works,
    crowd,
    gone: lost,
  }: { works: readonly string[][]; crowd: ReadonlySet<string>; gone: Iterable<string> },
  memberships: Rows<string>,
): WorksAfter {
  const mark = (record: string, work: string | undefined): void => {
    if (memberships.get(record) !== work) memberships.set(record, work);
  };
  const standing: Work[] = [];
  for (const members of works) {
    const id = members.length > 1 ? workId(members) : undefined;
    if (id !== undefined) standing.push({ id, members });
    for (const record of members) mark(record, id);
  }
  for (const record of crowd) mark(record, CROWD);
  for (const record of lost) mark(record, undefined);
  const gone = new Set<string>();
  for (const { before } of memberships.changed()) if (isClustered(before)) gone.add(before);
  for (const { id } of standing) gone.delete(id);
  return { standing, gone };
}

export function workOperations({ standing, gone }: WorksAfter): Operation[] {
  return [
    ...[...gone].map((id): Operation => ({ type: 'del', key: workKey(id) })),
    ...standing.map(({ id, members }): Operation => ({
      type: 'put',
      key: workKey(id),
      value: encodeKeys(members),
    })),
  ];
}

/** @param change how many records more are held, and how many blocks more are too large */
export function countsAfter(
  counts: Counts,
  memberships: Rows<string>,
  { standing, gone }: WorksAfter,
  change: { records: number; oversize: number },
): Counts {
  // A work's id is its smallest member's, so a work with that id stood before where that member was marked with it.
  const fresh = standing.filter(({ id, members }) => memberships.stored(members[0] ?? '') !== id);
  const after = {
    records: counts.records + change.records,
    oversize: counts.oversize + change.oversize,
    clusters: counts.clusters + fresh.length - gone.size,
    clustered: counts.clustered,
    crowded: counts.crowded,
  };
  for (const { before, after: now } of memberships.changed()) {
    after.clustered += Number(isClustered(now)) - Number(isClustered(before));
    after.crowded += Number(now === CROWD) - Number(before === CROWD);
  }
  return after;
}

export function isClustered(mark: string | undefined): mark is string {
  return mark !== undefined && mark !== CROWD;
}

/** `works`: all, those of one record too. `clusters`: those of two or more. */
export function sumsOf({ records, clusters, clustered }: Counts): { works: number; clusters: number } {
  return { works: records - clustered + clusters, clusters };
}
