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
  const apart = new Apart();
  for (const { a, b, bits } of strongestFirst(members, linksOf)) {
    const [one, other] = [groups.get(a), groups.get(b)];
    if (one === undefined || other === undefined || one === other) continue;
    if (one.length + other.length > LARGEST_WORK || apart.has(one, other)) continue;
    const forbids =
      bits === STATED_BITS
        ? areSaidApart
        : (x: string, y: string): boolean =>
            linksOf(x)?.has(y) !== true && (areSaidApart(x, y) || areApart(x, y));
    if (one.some((x) => other.some((y) => forbids(x, y)))) {
      apart.add(one, other);
      continue;
    }
    const group = [...one, ...other];
    apart.join(one, other, group);
    for (const record of group) groups.set(record, group);
  }
  return [...new Set(groups.values())].map((group) => [...group].sort());
}

/**
 * Groups that were found to be apart; what they grow into is, too. So each pair of records is looked at once, and not again
 * for every link between their groups: of two groups of hundreds there are tens of thousands.
 */
class Apart {
  readonly #from = new Map<string[], Set<string[]>>();

  has(one: string[], other: string[]): boolean {
    return this.#from.get(one)?.has(other) === true;
  }

  add(one: string[], other: string[]): void {
    this.#of(one).add(other);
    this.#of(other).add(one);
  }

  join(one: string[], other: string[], group: string[]): void {
    for (const part of [one, other]) {
      for (const third of this.#of(part)) {
        this.#of(third).delete(part);
        this.add(third, group);
      }
      this.#from.delete(part);
    }
  }

  #of(group: string[]): Set<string[]> {
    const known = this.#from.get(group) ?? new Set();
    this.#from.set(group, known);
    return known;
  }
}
