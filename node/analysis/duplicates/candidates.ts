import type { WorkProfile } from '../../../vocab/same-work/index.ts';
import { blocksOf } from './blocking.ts';
import type { Blocks, BlockChange } from './blocks.ts';
import type { BlockValue } from './layout.ts';
import { refined } from './refinement.ts';
import type { Rows } from './rows.ts';

/** A record whose profile came, went or changed. */
export interface Move {
  record: string;
  from: WorkProfile | undefined;
  to: WorkProfile | undefined;
}

/**
 * Takes the records out of their former blocks and into their new ones, at each depth of refinement.
 *
 * @returns every record that may have lost or gained a candidate but those that have moved themselves, and by how many the
 *   blocks that are too large whatever is done have become more
 */
export async function moveInBlocks(
  moves: readonly Move[],
  { blocks, profiles }: { blocks: Blocks; profiles: Rows<WorkProfile> },
): Promise<{ touched: Set<string>; oversize: number }> {
  const moved = new Map(moves.map((move) => [move.record, move]));
  const touched = new Set<string>();
  let oversize = 0;
  /** Blocks that a record lay in and lies in still, though it has changed: where these are refined it may have to move. */
  let stays: { block: string; record: string }[] = [];
  for (const { record, from, to } of moves) stays.push(...change(blocks, record, namesOf(from), namesOf(to)));
  for (;;) {
    const changes = await blocks.settle();
    await blocks.load(stays.map(({ block }) => block));
    if (changes.length === 0 && stays.length === 0) break;
    const crossing = changes.filter(({ wasMany, isMany }) => wasMany !== isMany);
    await profiles.load(crossing.flatMap(({ before, after }) => [...before, ...after]));
    for (const { before, after } of crossing) for (const record of [...before, ...after]) touched.add(record);
    const next: typeof stays = [];
    const move = (block: string, record: string, was: boolean, is: boolean): void => {
      const { from, to } = moved.get(record) ?? {
        from: profiles.stored(record),
        to: profiles.stored(record),
      };
      const before = was && from !== undefined ? refined(block, from) : [];
      const after = is && to !== undefined ? refined(block, to) : [];
      next.push(...change(blocks, record, before, after));
    };
    for (const one of changes) {
      oversize += deadEnd(one, moved, profiles);
      for (const { record, was, is } of affected(one)) move(one.block, record, was, is);
    }
    const settled = new Set(crossing.map(({ block }) => block));
    for (const { block, record } of stays) {
      if (settled.has(block) || typeof blocks.now(block) !== 'number') continue;
      move(block, record, true, true);
    }
    stays = next;
  }
  return { touched, oversize };
}

/** What the blocks of a profile are called, worked out once: they are asked for in the move and in the search for candidates. */
const known = new WeakMap<WorkProfile, readonly string[]>();

function namesOf(profile: WorkProfile | undefined): readonly string[] {
  if (profile === undefined) return [];
  let names = known.get(profile);
  if (names === undefined) {
    names = blocksOf(profile);
    known.set(profile, names);
  }
  return names;
}

/** @returns the blocks in which the record stays */
function change(
  blocks: Blocks,
  record: string,
  before: readonly string[],
  after: readonly string[],
): { block: string; record: string }[] {
  for (const block of before) if (!after.includes(block)) blocks.leave(block, record);
  for (const block of after) if (!before.includes(block)) blocks.join(block, record);
  if (before.length === 0) return [];
  return before.filter((block) => after.includes(block)).map((block) => ({ block, record }));
}

/** Which records have to leave or join the refined blocks of one that changed. */
function* affected({
  wasMany,
  isMany,
  joined,
  left,
  before,
  after,
}: BlockChange): Iterable<{ record: string; was: boolean; is: boolean }> {
  if (!wasMany && !isMany) return;
  if (wasMany && isMany) {
    for (const record of left) yield { record, was: true, is: false };
    for (const record of joined) yield { record, was: false, is: true };
    return;
  }
  for (const record of wasMany ? before : after) yield { record, was: wasMany, is: isMany };
}

/** +1 where a block became too large that cannot be refined, -1 where it ceases to be. */
function deadEnd(
  { block, wasMany, isMany, before, after }: BlockChange,
  moved: ReadonlyMap<string, Move>,
  profiles: Rows<WorkProfile>,
): number {
  if (wasMany === isMany) return 0;
  const [any = ''] = isMany ? after : before;
  const profile = isMany
    ? (moved.get(any)?.to ?? profiles.stored(any))
    : (moved.get(any)?.from ?? profiles.stored(any));
  if (profile === undefined || refined(block, profile).length > 0) return 0;
  return isMany ? 1 : -1;
}

/** The records that each of the given ones is to be compared with, as they were before the batch or are now. */
export async function candidatesOf(
  profiles: ReadonlyMap<string, WorkProfile>,
  blocks: Blocks,
  view: 'stored' | 'now',
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  let wave = new Map<string, readonly string[]>();
  for (const [record, profile] of profiles) {
    found.set(record, new Set());
    wave.set(record, namesOf(profile));
  }
  while (wave.size > 0) {
    await blocks.load(blocksIn(wave));
    const next = new Map<string, readonly string[]>();
    for (const [record, names] of wave) {
      const profile = profiles.get(record);
      const others = found.get(record);
      const parts: string[] = [];
      for (const block of names) {
        const members: BlockValue = blocks[view](block);
        if (typeof members !== 'number') {
          for (const other of members) if (other !== record) others?.add(other);
        } else if (profile !== undefined) parts.push(...refined(block, profile));
      }
      if (parts.length > 0) next.set(record, parts);
    }
    wave = next;
  }
  return found;
}

function* blocksIn(wave: ReadonlyMap<string, readonly string[]>): Iterable<string> {
  for (const names of wave.values()) yield* names;
}
