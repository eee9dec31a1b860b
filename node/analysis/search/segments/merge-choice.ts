import type { DocumentTable } from '../documents/document-table.ts';
import type { Segment } from './index-state.ts';

/** As many neighbours of one size are merged into one of the next. */
const FAN_IN = 4;

/**
 * Which adjoining segments are to be merged into one, if any: the newest ones, when there are four of a size or smaller;
 * else one of which more than half of the documents are dead.
 *
 * So a posting is written once for each power of four between a segment of the first size and the whole, and there are
 * at most three segments of each size.
 * @param unit the postings of a segment of the first size
 */
export function segmentsToMerge(
  segments: readonly Segment[],
  table: DocumentTable,
  unit: number,
): readonly Segment[] {
  const sizes = segments.map(({ postings }) => sizeClass(postings, unit));
  for (let size = 0; size <= Math.max(0, ...sizes); size += 1) {
    const newest = segments.slice(sizes.findLastIndex((other) => other > size) + 1);
    if (newest.length >= FAN_IN) return newest;
  }
  const hollow = segments.find(({ from, to, documents }) => table.liveBetween(from, to) * 2 < documents);
  return hollow === undefined ? [] : [hollow];
}

function sizeClass(postings: number, unit: number): number {
  return postings === 0 ? 0 : Math.max(0, Math.round(Math.log(postings / unit) / Math.log(FAN_IN)));
}
