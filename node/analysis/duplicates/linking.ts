import { endsOf, pairOf, type Links } from './layout.ts';
import type { PairState } from './pairing.ts';
import type { Rows } from './rows.ts';
import type { Says } from './statements.ts';

/** What a manager's word weighs: more than any evidence. */
export const STATED_BITS = 1_000;

/** Pairs of which the manager has said something. */
export type Stated = ReadonlyMap<string, Says>;

/**
 * Brings the links up to date with what became of pairs.
 *
 * @param isSame whether pairs of a pattern are of one work
 * @returns the records of which a link came, went or weighs something else now
 */
export async function linkUp(
  pairs: ReadonlyMap<string, PairState | undefined>,
  { links, stated, isSame }: { links: Rows<Links>; stated: Stated; isSame: (pattern: string) => boolean },
): Promise<Set<string>> {
  await links.load([...pairs.keys()].flatMap(endsOf));
  const touched = new Set<string>();
  for (const [pair, state] of pairs) {
    const [a, b] = endsOf(pair);
    const bits = linkOf(pair, state, stated, isSame);
    if (links.get(a)?.get(b) === bits) continue;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      links.set(from, withLink(links.get(from), to, bits));
      touched.add(from);
    }
  }
  return touched;
}

function linkOf(
  pair: string,
  state: PairState | undefined,
  stated: Stated,
  isSame: (pattern: string) => boolean,
): number | undefined {
  const says = stated.get(pair);
  if (says !== undefined) return says === 'same' ? STATED_BITS : undefined;
  return state !== undefined && !state.isForbidden && isSame(state.pattern) ? state.bits : undefined;
}

function withLink(links: Links | undefined, to: string, bits: number | undefined): Links | undefined {
  const changed = new Map(links);
  if (bits === undefined) changed.delete(to);
  else changed.set(to, bits);
  return changed.size === 0 ? undefined : changed;
}

/** The links among these records, the strongest first and then by their keys. */
export function strongestFirst(
  members: readonly string[],
  linksOf: (record: string) => Links | undefined,
): { a: string; b: string; bits: number }[] {
  const found: { a: string; b: string; bits: number }[] = [];
  for (const a of members) for (const [b, bits] of linksOf(a) ?? []) if (a < b) found.push({ a, b, bits });
  return found.sort((one, other) => {
    if (one.bits !== other.bits) return other.bits - one.bits;
    return pairOf(one.a, one.b) < pairOf(other.a, other.b) ? -1 : 1;
  });
}
