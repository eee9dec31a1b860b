import type { NodeId } from '../../vocab/record.ts';

/**
 * So many pages are in memory at a time, of all nodes together, and so many of one. Where more are wanted, the node that has
 * fewest goes first, so that a large feed, or a greedy asker, leaves the others their turns.
 */
export class Turns {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #held = new Map<NodeId, number>();
  readonly #waiting = new Map<NodeId, (() => void)[]>();
  #taken = 0;

  constructor({ most, mostOfOne = most }: { most: number; mostOfOne?: number }) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /** Resolves when the node has a turn. @returns what gives it back; the second time it does nothing */
  async take(node: NodeId): Promise<() => void> {
    if (this.#taken < this.#most && this.#heldBy(node) < this.#mostOfOne) this.#grant(node);
    else
      await new Promise<void>((resolve) => {
        const others = this.#waiting.get(node);
        if (others === undefined) this.#waiting.set(node, [resolve]);
        else others.push(resolve);
      });
    let isHeld = true;
    return () => {
      if (isHeld) this.#release(node);
      isHeld = false;
    };
  }

  #grant(node: NodeId): void {
    this.#taken += 1;
    this.#held.set(node, this.#heldBy(node) + 1);
  }

  #release(node: NodeId): void {
    this.#taken -= 1;
    const left = this.#heldBy(node) - 1;
    if (left === 0) this.#held.delete(node);
    else this.#held.set(node, left);
    this.#next();
  }

  #next(): void {
    let next: NodeId | undefined;
    // Of those with equally few, the one that has waited longest.
    for (const node of this.#waiting.keys()) {
      const held = this.#heldBy(node);
      if (held < (next === undefined ? this.#mostOfOne : this.#heldBy(next))) next = node;
    }
    if (next === undefined) return;
    const waiting = this.#waiting.get(next) ?? [];
    const resolve = waiting.shift();
    this.#waiting.delete(next);
    if (waiting.length > 0) this.#waiting.set(next, waiting);
    this.#grant(next);
    resolve?.();
  }

  #heldBy(node: NodeId): number {
    return this.#held.get(node) ?? 0;
  }
}
