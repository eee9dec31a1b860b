import type { Metrics } from '../../../protocols/counter/index.ts';
import { isAnyUse } from './item-counts.ts';
import type { ItemMetrics } from './metrics.ts';

export type TopBy = 'investigations' | 'requests';

/** The most used items of those that it is told of, which have to come in the order of their keys, as far as they are equal. */
export class TopItems {
  readonly items: ItemMetrics[] = [];
  readonly #by: TopBy;
  readonly #limit: number;

  constructor(options: { by: TopBy; limit: number }) {
    this.#by = options.by;
    this.#limit = options.limit;
  }

  mayHave(metrics: Metrics): boolean {
    if (!isAnyUse(metrics)) return false;
    const last = this.items.at(-1);
    return (
      this.items.length < this.#limit || (last !== undefined && this.#compare(metrics, last.metrics) < 0)
    );
  }

  add(item: ItemMetrics): void {
    if (!this.mayHave(item.metrics)) return;
    // Behind those that are used as much: they came before.
    let at = this.items.length;
    while (at > 0) {
      const before = this.items[at - 1];
      if (before === undefined || this.#compare(before.metrics, item.metrics) <= 0) break;
      at--;
    }
    this.items.splice(at, 0, item);
    if (this.items.length > this.#limit) this.items.pop();
  }

  #compare(a: Metrics, b: Metrics): number {
    const requests = b.totalRequests - a.totalRequests;
    const investigations = b.totalInvestigations - a.totalInvestigations;
    return this.#by === 'requests' ? requests || investigations : investigations || requests;
  }
}
