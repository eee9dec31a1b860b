import { LRUCache } from 'lru-cache';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { FeedState } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';

/** How much of one node is kept, at the most. */
export interface Quota {
  /** Records and tombstones. */
  records: number;
  megabytes: number;
  /** Changes taken in, over a minute. */
  entriesPerSecond: number;
}

const MEGABYTE = 1_000_000;
const BURST_SECONDS = 60;
const NODES_KEPT = 10_000;

/**
 * Holds each feed to its quota. One that is too large is not followed at all: a part of it would be served on when its
 * records are withdrawn. One that changes too fast is followed more slowly.
 */
export class Quotas {
  readonly #quota: Quota;
  readonly #clock: Clock;
  /** When the changes that were taken of a node would have come, had they come at the rate that it may have. */
  readonly #paidUntil = new LRUCache<NodeId, number>({ max: NODES_KEPT });
  /** Feeds that had too many bytes, with the entries that they had: with fewer, they are tried again. */
  readonly #tooLarge = new LRUCache<NodeId, number>({ max: NODES_KEPT });

  constructor(options: { quota: Quota; clock: Clock }) {
    this.#quota = options.quota;
    this.#clock = options.clock;
  }

  /**
   * Whether a feed is more than may be kept of one node.
   * @param head the newest that is known
   * @param state of the copy here
   */
  isExceeded(head: SignedHead, state: FeedState | undefined): boolean {
    if (head.live > this.#quota.records) return true;
    if (state !== undefined && state.bytes > this.#quota.megabytes * MEGABYTE)
      this.#tooLarge.set(head.node, head.live);
    return head.live >= (this.#tooLarge.get(head.node) ?? Infinity);
  }

  /**
   * Notes changes that were taken of a node.
   * @returns how long to wait before more are asked for, in milliseconds
   */
  took(node: NodeId, entries: number): number {
    const now = this.#clock.steady();
    const earliest = now - BURST_SECONDS * 1_000;
    const from = Math.max(this.#paidUntil.get(node) ?? earliest, earliest);
    const until = from + (entries / this.#quota.entriesPerSecond) * 1_000;
    this.#paidUntil.set(node, until);
    return Math.max(0, until - now);
  }
}
