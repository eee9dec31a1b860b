/** A pair of keys, the same whichever way round. */
export const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Every pair of records that lie in one group. */
export function pairsIn(groups: Iterable<readonly string[]>): Set<string> {
  const pairs = new Set<string>();
  for (const group of groups)
    for (const [i, a] of group.entries()) for (const b of group.slice(i + 1)) pairs.add(pairOf(a, b));
  return pairs;
}

/** The groups in which records hang together by these links, directly or through others. */
export function joined(links: Iterable<readonly [string, string]>): string[][] {
  const leaders = new Map<string, string>();
  const leaderOf = (key: string): string => {
    let leader = key;
    for (let next = leaders.get(leader); next !== undefined && next !== leader; next = leaders.get(leader))
      leader = next;
    leaders.set(key, leader);
    return leader;
  };
  for (const [a, b] of links) leaders.set(leaderOf(a), leaderOf(b));
  const groups = new Map<string, string[]>();
  for (const key of leaders.keys()) {
    const leader = leaderOf(key);
    const group = groups.get(leader);
    if (group === undefined) groups.set(leader, [key]);
    else group.push(key);
  }
  return [...groups.values()];
}

export interface Agreement {
  precision: number;
  recall: number;
  f1: number;
}

/** Pairs found, held against the true ones. */
export function agreement(found: ReadonlySet<string>, truth: ReadonlySet<string>): Agreement {
  let right = 0;
  for (const pair of found) if (truth.has(pair)) right += 1;
  const [precision, recall] = [right / found.size, right / truth.size];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}
