import type { Section } from './database.ts';

/** What LevelDB can, and a store in memory need not. */
interface Compacting {
  compactRange(start: string, end: string): Promise<void>;
}

/**
 * Has the store write the files of a range anew, so that what was deleted or overwritten in it is in no file any more.
 *
 * LevelDB leaves alone what lies on the deepest level of a range. So something is written over the whole of the range after
 * the first time, which lies above it then, and both are joined the second time.
 */
export async function compact(section: Section, range: { gt: string; lt: string }): Promise<void> {
  const { db } = section;
  if (!isCompacting(db)) return;
  const [start, end] = [section.prefix + range.gt, section.prefix + range.lt];
  await db.compactRange(start, end);
  const edges = [start, `${section.prefix}${range.gt}~`];
  await db.batch(edges.map((key) => ({ type: 'put', key, value: new Uint8Array(0) })));
  await db.batch(edges.map((key) => ({ type: 'del', key })));
  await db.compactRange(start, end);
}

function isCompacting(db: object): db is Compacting {
  return 'compactRange' in db && typeof db.compactRange === 'function';
}
