import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { judge, type IsHeading, type WorkProfile } from '../../../vocab/same-work/index.ts';
import type { Operation } from '../../store/index.ts';
import type { BlockId } from './block-id.ts';
import { blocksOf } from './blocking.ts';
import type { Blocks } from './blocks.ts';
import { candidatesOf, isHeadingIn, numbersOf, retitled, type NumberPair } from './candidates.ts';
import { headingsBy } from './headings.ts';
import { endsOf, NOTHING, openPairKey, pairOf } from './layout.ts';
import { decided } from './patterns.ts';
import type { Move, Roll, View } from './roll.ts';
import type { Rows } from './rows.ts';

/** Pairs after which others get a turn: where a block becomes too large, twenty thousand come at once. */
const PAIRS_AT_A_STRETCH = 500;

/** A candidate pair as the evidence alone has it. */
export interface PairState {
  pattern: string;
  bits: number;
  isForbidden: boolean;
}

/** What a batch does to the candidate pairs. */
export interface Pairing {
  /**
   * Every pair that changed, as it is now; undefined where it is none any more. Those that are new, and of two works whatever
   * the node's own weights say, are left out: nothing follows from them.
   */
  pairs: ReadonlyMap<string, PairState | undefined>;
  /** Records of which a title became a heading, or ceases to be one: what holds them apart is another thing now. */
  retitled: ReadonlySet<string>;
  /** How many pairs more or fewer a pattern has. */
  patterns: ReadonlyMap<string, number>;
  operations: Operation[];
}

/** Compares what has to be compared anew: the pairs of the records that moved, and those that blocks no longer hold, or hold now. */
export async function pairUp(
  moves: readonly Move[],
  touched: ReadonlySet<number>,
  where: { blocks: Blocks; roll: Roll; profiles: Rows<WorkProfile> },
): Promise<Pairing> {
  const { blocks, roll, profiles } = where;
  const moved = new Set(moves.map(({ number }) => number));
  const changed = retitled(moves, where);
  const others = [...new Set([...touched, ...changed])].filter((number) => !moved.has(number));
  await profiles.load(others.map((number) => roll.keyOf(number)));
  const unmoved = others.flatMap((number): [number, readonly BlockId[]][] => {
    const profile = profiles.stored(roll.keyOf(number));
    return profile === undefined ? [] : [[number, blocksOf(profile)]];
  });
  const former = await candidatesOf(concat(placesIn(moves, 'from'), unmoved), where, 'stored');
  const present = await candidatesOf(concat(placesIn(moves, 'to'), unmoved), where, 'now');
  const isAsBefore = (pair: NumberPair): boolean =>
    former.has(pair) &&
    present.has(pair) &&
    !numbersOf(pair).some((number) => moved.has(number) || changed.has(number));
  await profiles.load(keysIn([former, present], isAsBefore, roll));
  const pairs = new Map<string, PairState | undefined>();
  const patterns = new Map<string, number>();
  const operations: Operation[] = [];
  let judged = 0;
  const count = (pattern: string, by: number): void =>
    void patterns.set(pattern, (patterns.get(pattern) ?? 0) + by);
  const keysOf = (pair: NumberPair): string => {
    const [a, b] = numbersOf(pair);
    return pairOf(roll.keyOf(a), roll.keyOf(b));
  };
  const stateIn = (pair: string, view: View): PairState | undefined =>
    stateOf(
      pair,
      (record) => (view === 'stored' ? profiles.stored(record) : profiles.get(record)),
      headings[view],
    );
  const headings = {
    stored: headingsBy((block) => isHeadingIn(block, blocks, roll, 'stored')),
    now: headingsBy((block) => isHeadingIn(block, blocks, roll, 'now')),
  };
  for (const numbers of former) {
    if (isAsBefore(numbers)) continue;
    if (++judged % PAIRS_AT_A_STRETCH === 0) await yieldToOthers();
    const pair = keysOf(numbers);
    const state = stateIn(pair, 'stored');
    if (state === undefined) continue;
    if (!present.has(numbers)) pairs.set(pair, undefined);
    if (state.isForbidden) continue;
    count(state.pattern, -1);
    if (decided(state.pattern) === undefined)
      operations.push({ type: 'del', key: openPairKey(state.pattern, pair) });
  }
  for (const numbers of present) {
    if (isAsBefore(numbers)) continue;
    if (++judged % PAIRS_AT_A_STRETCH === 0) await yieldToOthers();
    const pair = keysOf(numbers);
    const state = stateIn(pair, 'now');
    if (state === undefined) continue;
    const verdict = decided(state.pattern);
    if (former.has(numbers) || !(state.isForbidden || verdict === 'different')) pairs.set(pair, state);
    if (state.isForbidden) continue;
    count(state.pattern, 1);
    if (verdict === undefined)
      operations.push({ type: 'put', key: openPairKey(state.pattern, pair), value: NOTHING });
  }
  const keys = Array.from(changed, (number) => roll.keyOf(number));
  return { pairs, retitled: new Set(keys), patterns, operations };
}

function* placesIn(
  moves: readonly Move[],
  which: 'from' | 'to',
): Iterable<readonly [number, readonly BlockId[]]> {
  for (const { number, [which]: place } of moves) if (place !== undefined) yield [number, place.blocks];
}

function* concat<Item>(...lists: readonly Iterable<Item>[]): Iterable<Item> {
  for (const list of lists) yield* list;
}

function* keysIn(
  lists: readonly Iterable<NumberPair>[],
  isAsBefore: (pair: NumberPair) => boolean,
  roll: Roll,
): Iterable<string> {
  for (const pairs of lists)
    for (const pair of pairs)
      if (!isAsBefore(pair)) for (const number of numbersOf(pair)) yield roll.keyOf(number);
}

export function stateOf(
  pair: string,
  profileOf: (record: string) => WorkProfile | undefined,
  isHeading: IsHeading,
): PairState | undefined {
  const [one, other] = endsOf(pair);
  const [a, b] = [profileOf(one), profileOf(other)];
  if (a === undefined || b === undefined) return undefined;
  const { pattern, bits, vetoes } = judge(a, b, isHeading);
  return { pattern, bits, isForbidden: vetoes.length > 0 };
}
