import type { ComparedTitle } from '../../../vocab/same-work/index.ts';
import type { BlockId } from './block-id.ts';
import type { BlockValue } from './blocks.ts';
import { titleBlockOf } from './blocking.ts';
import { partedBy } from './outline.ts';

/** So many years, and so many first authors, no one work has. */
const FEWEST = 4;

/**
 * Whether records with the title in a block are of so many first authors and years that it is a heading, as columns and reports
 * have it year after year, and not the name of a work.
 */
export function isHeading(
  block: BlockId,
  {
    membersOf,
    outlineOf,
  }: {
    membersOf: (block: BlockId) => Iterable<number>;
    outlineOf: (record: number) => Uint32Array | undefined;
  },
): boolean {
  const years = new Set<number>();
  const authors = new Set<number>();
  for (const record of membersOf(block)) {
    const outline = outlineOf(record);
    if (outline === undefined) continue;
    const { year, author } = partedBy(outline);
    if (year !== 0) years.add(year);
    if (author !== 0) authors.add(author);
    if (years.size >= FEWEST && authors.size >= FEWEST) return true;
  }
  return false;
}

/** Whether there are enough records in a block for that. */
export const mayBeHeading = (members: BlockValue): boolean => members === 'many' || members.length >= FEWEST;

/** Whether a title is a heading, looked up once. */
export function headingsBy(isHeadingBlock: (block: BlockId) => boolean): (title: ComparedTitle) => boolean {
  const known = new Map<BlockId, boolean>();
  return (title) => {
    const block = titleBlockOf(title);
    let found = known.get(block);
    if (found === undefined) {
      found = isHeadingBlock(block);
      known.set(block, found);
    }
    return found;
  };
}
