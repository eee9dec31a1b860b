import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { isSure, type BlockId } from './block-id.ts';
import type { Blocks, BlockChange } from './blocks.ts';
import { isHeading, mayBeHeading } from './headings.ts';
import { mayBeOneWork } from './outline.ts';
import { isLast, refined } from './refinement.ts';
import type { Move, Roll, View } from './roll.ts';

/**
 * Takes the records out of their former blocks and into their new ones, at each depth of refinement.
 *
 * @returns every record that may have lost or gained a candidate but those that have moved themselves, and by how many the
 *   blocks that are too large whatever is done have become more
 */
export function moveInBlocks(
  moves: readonly Move[],
  { blocks, roll }: { blocks: Blocks; roll: Roll },
): { touched: Set<number>; oversize: number } {
  const touched = new Set<number>();
  let oversize = 0;
  /** Blocks that a record lay in and lies in still, though it has changed: where these are refined it may have to move. */
  let stays: Stay[] = [];
  for (const { number, from, to } of moves)
    change(blocks, number, from?.blocks ?? NO_BLOCKS, to?.blocks ?? NO_BLOCKS, stays);
  for (;;) {
    const changes = blocks.settle();
    if (changes.length === 0 && stays.length === 0) break;
    const next: Stay[] = [];
    const move = (block: BlockId, record: number, was: boolean, is: boolean): void => {
      const from = was ? roll.outlineOf(record, 'stored') : undefined;
      const to = is ? roll.outlineOf(record, 'now') : undefined;
      const before = from === undefined ? NO_BLOCKS : refined(block, from);
      change(blocks, record, before, to === undefined ? NO_BLOCKS : refined(block, to), next);
    };
    const settled = new Set<BlockId>();
    for (const one of changes) {
      if (one.wasMany !== one.isMany) {
        settled.add(one.block);
        for (const record of one.before) touched.add(record);
        for (const record of one.after) touched.add(record);
        if (isLast(one.block)) oversize += one.isMany ? 1 : -1;
      }
      for (const { record, was, is } of affected(one)) move(one.block, record, was, is);
    }
    for (const { block, record } of stays)
      if (!settled.has(block) && blocks.now(block) === 'many') move(block, record, true, true);
    stays = next;
  }
  return { touched, oversize };
}

interface Stay {
  block: BlockId;
  record: number;
}

const NO_BLOCKS: readonly BlockId[] = [];

/** @param stays gets the blocks in which the record stays */
function change(
  blocks: Blocks,
  record: number,
  before: readonly BlockId[],
  after: readonly BlockId[],
  stays: Stay[],
): void {
  for (const block of before)
    if (after.includes(block)) stays.push({ block, record });
    else blocks.leave(block, record);
  for (const block of after) if (!before.includes(block)) blocks.join(block, record);
}

/** Which records have to leave or join the refined blocks of one that changed. */
function* affected({
  wasMany,
  isMany,
  joined,
  left,
  before,
  after,
}: BlockChange): Iterable<{ record: number; was: boolean; is: boolean }> {
  if (!wasMany && !isMany) return;
  if (wasMany && isMany) {
    for (const record of left) yield { record, was: true, is: false };
    for (const record of joined) yield { record, was: false, is: true };
    return;
  }
  for (const record of wasMany ? before : after) yield { record, was: wasMany, is: isMany };
}

/** Of the titles of records that moved, those that became headings, or are none any more: all records that have one. */
export function retitled(
  moves: readonly Move[],
  { blocks, roll }: { blocks: Blocks; roll: Roll },
): Set<number> {
  const found = new Set<number>();
  const titles = new Set<BlockId>();
  for (const { from, to } of moves) {
    for (const title of from?.titles ?? NO_BLOCKS) titles.add(title);
    for (const title of to?.titles ?? NO_BLOCKS) titles.add(title);
  }
  for (const block of titles) {
    if (!mayBeHeading(blocks.stored(block)) && !mayBeHeading(blocks.now(block))) continue;
    if (isHeadingIn(block, blocks, roll, 'stored') === isHeadingIn(block, blocks, roll, 'now')) continue;
    for (const view of ['stored', 'now'] as const)
      for (const record of blocks.members(block, view)) found.add(record);
  }
  return found;
}

export function isHeadingIn(block: BlockId, blocks: Blocks, roll: Roll, view: View): boolean {
  return isHeading(block, {
    membersOf: (title) => blocks.members(title, view),
    outlineOf: (record) => roll.outlineOf(record, view),
  });
}

/** Two records' numbers as one. */
export type NumberPair = number;

const MOST_RECORDS = 2 ** 26;
export const numberPair = (a: number, b: number): NumberPair =>
  a < b ? a * MOST_RECORDS + b : b * MOST_RECORDS + a;
export const numbersOf = (pair: NumberPair): [number, number] => [
  Math.floor(pair / MOST_RECORDS),
  pair % MOST_RECORDS,
];

/** Members of blocks after which others get a turn. */
const MEMBERS_AT_A_STRETCH = 10_000;

/** The pairs of each of the given records with those that it is to be compared with, as they were before the batch or are now. */
export async function candidatesOf(
  records: Iterable<readonly [record: number, blocks: readonly BlockId[]]>,
  { blocks, roll }: { blocks: Blocks; roll: Roll },
  view: View,
): Promise<Set<NumberPair>> {
  const found = new Set<NumberPair>();
  const met = new Set<number>();
  let seen = 0;
  for (const [record, own] of records) {
    const outline = roll.outlineOf(record, view);
    if (outline === undefined) continue;
    met.clear();
    const left = [...own];
    for (let block = left.pop(); block !== undefined; block = left.pop()) {
      const members = blocks[view](block);
      if (members === 'many') {
        left.push(...refined(block, outline));
        continue;
      }
      seen += members.length;
      for (const other of members) {
        if (other === record) continue;
        if (isSure(block)) found.add(numberPair(record, other));
        if (met.has(other)) continue;
        met.add(other);
        const theirs = roll.outlineOf(other, view);
        if (theirs !== undefined && mayBeOneWork(outline, theirs)) found.add(numberPair(record, other));
      }
    }
    if (seen < MEMBERS_AT_A_STRETCH) continue;
    seen = 0;
    await yieldToOthers();
  }
  return found;
}
