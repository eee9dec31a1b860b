import type { Worker } from '../processes.ts';

/** What `member` prints while it copies. */
export interface Progress {
  copied: number;
  /** Since the first connection was made. */
  seconds: number;
  /** Megabytes. */
  rss: number;
  whole: boolean;
  /** Of all frames and gossip, to and from other nodes. */
  bytes: number;
}

/** Reads what a copying member prints until it has everything. @returns all of it, the last one whole */
export async function untilWhole(member: Worker): Promise<[first: Progress, last: Progress]> {
  const first = JSON.parse(await member.line()) as Progress;
  let last = first;
  while (!last.whole) last = JSON.parse(await member.line()) as Progress;
  return [first, last];
}
