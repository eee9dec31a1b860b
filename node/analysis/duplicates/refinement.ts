import { depthOf, partOf, type BlockId } from './block-id.ts';
import { partedBy } from './outline.ts';

/** How often a block can be refined. */
const DEEPEST = 2;

/**
 * The smaller blocks into which a block of too many records falls ("Annual report", a DOI that a form fills in): by author and
 * by year, and, where one of these is too large again, by author, year, volume and page together. None where no more can be
 * told apart.
 */
export function refined(block: BlockId, outline: Uint32Array): BlockId[] {
  const depth = depthOf(block);
  if (depth >= DEEPEST) return [];
  const { author, year, rest } = partedBy(outline);
  // By author and by year are two partitions: what one of them calls by a number is another block in the other.
  return depth === 0 ? [partOf(block, author), partOf(block, ~year)] : [partOf(block, rest)];
}

/** Whether those in a block cannot be told apart any further. */
export const isLast = (block: BlockId): boolean => depthOf(block) >= DEEPEST;
