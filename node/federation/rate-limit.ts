import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';

const NODES_KEPT = 10_000;

/** A bucket of tokens for each node: so many a second in the long run, so many at once. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #burst: number;
  readonly #buckets = new Map<NodeId, { tokens: number; at: number }>();

  constructor(options: { clock: Clock; perSecond: number; burst: number }) {
    this.#clock = options.clock;
    this.#perMs = options.perSecond / 1_000;
    this.#burst = options.burst;
  }

  /** Whether the node may do one more now. */
  take(node: NodeId): boolean {
    const filled = this.#filled(node);
    const taken = filled >= 1;
    this.#set(node, taken ? filled - 1 : filled);
    return taken;
  }

  /** Notes that the node did so many. @returns how long it is to wait for that, in milliseconds */
  spend(node: NodeId, tokens: number): number {
    const left = this.#filled(node) - tokens;
    this.#set(node, left);
    return Math.max(0, -left / this.#perMs);
  }

  #filled(node: NodeId): number {
    const now = this.#clock.steady();
    const { tokens, at } = this.#buckets.get(node) ?? { tokens: this.#burst, at: now };
    return Math.min(this.#burst, tokens + (now - at) * this.#perMs);
  }

  #set(node: NodeId, tokens: number): void {
    // Set anew at the end, so that the node longest silent is the first in the map, and the first to go.
    this.#buckets.delete(node);
    if (this.#buckets.size >= NODES_KEPT) {
      const oldest = this.#buckets.keys().next();
      if (!oldest.done) this.#buckets.delete(oldest.value);
    }
    this.#buckets.set(node, { tokens, at: this.#clock.steady() });
  }
}
