import type { Links } from './layout.ts';
import { STATED_BITS, strongestFirst } from './linking.ts';

/** Works are no larger than this: so many deposits of one text there are not. */
const LARGEST_WORK = 500;

/**
 * The works among records that hang together by links.
 *
 * From the strongest link on, the groups of its two ends become one, unless some record of the one and some of the other
 * cannot be of one work (complete linkage): so no chain of likenesses holds unlike records together. What the manager said
 * to be the same is joined first, and held apart by nothing but her own word.
 *
 * @param members sorted; every record that they are linked to is among them
 * @param areApart whether two records that are not linked contradict one another
 * @param areSaidApart whether the manager said that two records are not the same
 * @returns the records of each work, sorted; the works in the order of their first records
 */
export function worksAmong(
  members: readonly string[],
  {
    linksOf,
    areApart,
    areSaidApart,
  }: {
    linksOf: (record: string) => Links | undefined;
    areApart: (a: string, b: string) => boolean;
    areSaidApart: (a: string, b: string) => boolean;
  },
): string[][] {
  const groups = new Map(members.map((record): [string, string[]] => [record, [record]]));
  for (const { a, b, bits } of strongestFirst(members, linksOf)) {
    const [one, other] = [groups.get(a), groups.get(b)];
    if (one === undefined || other === undefined || one === other) continue;
    if (one.length + other.length > LARGEST_WORK) continue;
    const forbids =
      bits === STATED_BITS
        ? areSaidApart
        : (x: string, y: string): boolean =>
            linksOf(x)?.has(y) !== true && (areSaidApart(x, y) || areApart(x, y));
    if (one.some((x) => other.some((y) => forbids(x, y)))) continue;
    const group = [...one, ...other];
    for (const record of group) groups.set(record, group);
  }
  return [...new Set(groups.values())].map((group) => [...group].sort());
}
