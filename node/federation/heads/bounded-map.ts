import type { NodeId } from '../../../vocab/record.ts';

/**
 * What is known of nodes, of so many at the most. To make room, the one that was heard of longest ago goes, but none that
 * `isKept`: so whoever invents nodes pushes out invented ones. Those that are kept are there beyond the bound, too.
 */
export class BoundedMap<Value> {
  readonly #most: number;
  readonly #isKept: (node: NodeId, value: Value) => boolean;
  readonly #onGone: (node: NodeId) => void;
  readonly #entries = new Map<NodeId, Value>();

  /** @param options.onGone told of each node that had to make room */
  constructor(options: {
    most: number;
    isKept: (node: NodeId, value: Value) => boolean;
    onGone?: (node: NodeId) => void;
  }) {
    this.#most = options.most;
    this.#isKept = options.isKept;
    this.#onGone = options.onGone ?? (() => undefined);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(node: NodeId): Value | undefined {
    return this.#entries.get(node);
  }

  has(node: NodeId): boolean {
    return this.#entries.has(node);
  }

  keys(): IterableIterator<NodeId> {
    return this.#entries.keys();
  }

  delete(node: NodeId): boolean {
    return this.#entries.delete(node);
  }

  /** Sets what is known of a node, which is the one last heard of then. */
  set(node: NodeId, value: Value): void {
    if (!this.#entries.delete(node) && this.#entries.size >= this.#most) this.#makeRoom();
    this.#entries.set(node, value);
  }

  #makeRoom(): void {
    let left = this.#entries.size;
    for (const [node, value] of this.#entries) {
      this.#entries.delete(node);
      if (!this.#isKept(node, value)) {
        this.#onGone(node);
        return;
      }
      // Behind the others, so that it is not looked at each time.
      this.#entries.set(node, value);
      left -= 1;
      if (left === 0) return;
    }
  }
}
