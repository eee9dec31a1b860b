import { LRUCache } from 'lru-cache';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';

/** How much each refusal weighs; what is not here weighs 1. Lateness happens to honest nodes, forgery does not. */
const weights: ReadonlyMap<string, number> = new Map([
  ['FEED_BAD_SIGNATURE', 10],
  ['FEED_BAD_DIGEST', 10],
  ['FEED_FOREIGN_ENTRY', 10],
  ['FEED_BAD_BLOCK', 5],
  ['FEED_DIVERGED', 2],
  ['HEADS_BAD_ANNOUNCEMENT', 5],
  ['HEADS_BAD_HEAD', 5],
  ['HEADS_BAD_ENTRY', 5],
  ['REPLICATION_BAD_FRAME', 5],
  ['REPLICATION_BAD_MESSAGE', 5],
  ['USAGE_BAD_SIGNATURE', 10],
  ['USAGE_SUMMARY_MALFORMED', 5],
  ['USAGE_FOREIGN_SUMMARY', 10],
  ['USAGE_FOREIGN_ITEMS', 10],
  ['USAGE_WORKS_MALFORMED', 5],
  ['USAGE_WORKS_EXCEED', 5],
  ['USAGE_WORKS_ALTERED', 5],
  ['USAGE_WORKS_TOO_LONG', 5],
  // A node that was restored from a copy does so until it has heard of what it said before.
  ['USAGE_REVISION_DOWN', 0.1],
  ['FILTER_BAD_SIGNATURE', 10],
  ['FILTER_BAD_MANIFEST', 5],
  ['FILTER_BAD_SEGMENT', 5],
  ['FILTER_TOO_LARGE', 5],
  ['LOOKUP_BAD_HEAD', 10],
  ['LOOKUP_BAD_MESSAGE', 5],
  ['LOOKUP_EMPTY_PROMISES', 5],
  ['LOOKUP_UNASKED', 5],
  ['HEADS_STALE', 0.1],
  ['NETWORK', 0.1],
  // One of the two clocks is wrong, and it may be ours.
  ['HEADS_OTHER_TIME', 0],
  ['USAGE_FUTURE_MONTH', 0],
  // There is no room here for what others may tell.
  ['USAGE_TOO_MANY_NODES', 0],
  ['USAGE_TOO_MANY_MONTHS', 0],
  ['FEED_STALE', 0.1],
]);
const REFUSED_FROM = 20;
const REFUSED_MS = 10 * 60_000;
const HALF_LIFE_MS = 10 * 60_000;
const NODES_KEPT = 10_000;

interface Standing {
  points: number;
  at: number;
  refusedUntil: number;
  counts: Map<string, number>;
}

/**
 * What was refused of each node, and whether it has gone too far: from 20 points on, which fade with a half-life of ten
 * minutes, it is refused altogether for ten minutes.
 */
export class Reputation {
  readonly #clock: Clock;
  readonly #standings = new LRUCache<NodeId, Standing>({ max: NODES_KEPT });

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  /** Notes a refusal. @returns whether the node is refused altogether from now on, and was not before */
  refuse(node: NodeId, code: string): boolean {
    const now = this.#clock.steady();
    const standing = this.#standings.get(node) ?? { points: 0, at: now, refusedUntil: 0, counts: new Map() };
    this.#standings.set(node, standing);
    standing.counts.set(code, (standing.counts.get(code) ?? 0) + 1);
    standing.points =
      standing.points * 0.5 ** ((now - standing.at) / HALF_LIFE_MS) + (weights.get(code) ?? 1);
    standing.at = now;
    if (standing.points < REFUSED_FROM || standing.refusedUntil > now) return false;
    standing.refusedUntil = now + REFUSED_MS;
    return true;
  }

  isRefused(node: NodeId): boolean {
    return (this.#standings.peek(node)?.refusedUntil ?? 0) > this.#clock.steady();
  }

  refusals(node: NodeId): { code: string; count: number }[] {
    return [...(this.#standings.peek(node)?.counts ?? [])].map(([code, count]) => ({ code, count }));
  }
}
