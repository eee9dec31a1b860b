import { judge, type WorkProfile } from '../../../vocab/same-work/index.ts';
import type { Operation } from '../../store/index.ts';
import type { Blocks } from './blocks.ts';
import { candidatesOf, type Move } from './candidates.ts';
import { endsOf, openPairKey, pairOf } from './layout.ts';
import { decided } from './patterns.ts';
import type { Rows } from './rows.ts';

const NOTHING = new Uint8Array();

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
  /** How many pairs more or fewer a pattern has. */
  patterns: ReadonlyMap<string, number>;
  operations: Operation[];
}

/** Compares what has to be compared anew: the pairs of the records that moved, and those that blocks no longer hold, or hold now. */
export async function pairUp(
  moves: readonly Move[],
  touched: ReadonlySet<string>,
  { blocks, profiles }: { blocks: Blocks; profiles: Rows<WorkProfile> },
): Promise<Pairing> {
  const moved = new Set(moves.map(({ record }) => record));
  await profiles.load(touched);
  const records = new Set([...moved, ...touched]);
  const before = await candidatesOf(
    withProfiles(records, (record) => profiles.stored(record)),
    blocks,
    'stored',
  );
  const after = await candidatesOf(
    withProfiles(records, (record) => profiles.get(record)),
    blocks,
    'now',
  );
  const former = pairsOf(before);
  const present = pairsOf(after);
  await profiles.load(endsIn([former, present]));
  const pairs = new Map<string, PairState | undefined>();
  const patterns = new Map<string, number>();
  const operations: Operation[] = [];
  const count = (pattern: string, by: number): void =>
    void patterns.set(pattern, (patterns.get(pattern) ?? 0) + by);
  const isAsBefore = (pair: string): boolean => {
    const [a, b] = endsOf(pair);
    return !moved.has(a) && !moved.has(b);
  };
  const stored = (record: string): WorkProfile | undefined => profiles.stored(record);
  const now = (record: string): WorkProfile | undefined => profiles.get(record);
  for (const pair of former) {
    if (present.has(pair) && isAsBefore(pair)) continue;
    const state = stateOf(pair, stored);
    if (state === undefined) continue;
    if (!present.has(pair)) pairs.set(pair, undefined);
    if (state.isForbidden) continue;
    count(state.pattern, -1);
    if (decided(state.pattern) === undefined)
      operations.push({ type: 'del', key: openPairKey(state.pattern, pair) });
  }
  for (const pair of present) {
    const wasPair = former.has(pair);
    if (wasPair && isAsBefore(pair)) continue;
    const state = stateOf(pair, now);
    if (state === undefined) continue;
    const verdict = decided(state.pattern);
    if (wasPair || !(state.isForbidden || verdict === 'different')) pairs.set(pair, state);
    if (state.isForbidden) continue;
    count(state.pattern, 1);
    if (verdict === undefined)
      operations.push({ type: 'put', key: openPairKey(state.pattern, pair), value: NOTHING });
  }
  return { pairs, patterns, operations };
}

function withProfiles(
  records: Iterable<string>,
  profileOf: (record: string) => WorkProfile | undefined,
): Map<string, WorkProfile> {
  const found = new Map<string, WorkProfile>();
  for (const record of records) {
    const profile = profileOf(record);
    if (profile !== undefined) found.set(record, profile);
  }
  return found;
}

function* endsIn(lists: readonly Iterable<string>[]): Iterable<string> {
  for (const pairs of lists) for (const pair of pairs) yield* endsOf(pair);
}

function pairsOf(candidates: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const pairs = new Set<string>();
  for (const [record, others] of candidates) for (const other of others) pairs.add(pairOf(record, other));
  return pairs;
}

export function stateOf(
  pair: string,
  profileOf: (record: string) => WorkProfile | undefined,
): PairState | undefined {
  const [one, other] = endsOf(pair);
  const [a, b] = [profileOf(one), profileOf(other)];
  if (a === undefined || b === undefined) return undefined;
  const { pattern, bits, vetoes } = judge(a, b);
  return { pattern, bits, isForbidden: vetoes.length > 0 };
}
