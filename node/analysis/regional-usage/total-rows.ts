import type { Metrics } from '../../../protocols/counter/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { ShareValues } from './packed-shares.ts';
import type { TotalRow } from './totals-query.ts';

interface Row {
  value: string | undefined;
  metrics: Metrics;
  nodes: number;
  lastNode: NodeId | undefined;
}

/** Sums by value. Nodes have to come one after another, so that each is counted once. */
export class TotalRows {
  readonly #values: ShareValues;
  readonly #rows = new Map<string | undefined, Row>();
  readonly #byNumber: (Row | undefined)[] = [];

  constructor(values: ShareValues) {
    this.#values = values;
  }

  /** @param value undefined where it is not told */
  add(value: string | undefined, node: NodeId, metrics: Metrics): void {
    const row = this.#rowOf(value);
    noteNode(row, node);
    row.metrics.totalInvestigations += metrics.totalInvestigations;
    row.metrics.uniqueInvestigations += metrics.uniqueInvestigations;
    row.metrics.totalRequests += metrics.totalRequests;
    row.metrics.uniqueRequests += metrics.uniqueRequests;
  }

  /** Adds the four metrics that begin at `at`, for a value by its number. */
  addShare(value: number, node: NodeId, counts: Float64Array, at: number): void {
    const row = (this.#byNumber[value] ??= this.#rowOf(this.#values.textOf(value)));
    noteNode(row, node);
    row.metrics.totalInvestigations += counts[at] ?? 0;
    row.metrics.uniqueInvestigations += counts[at + 1] ?? 0;
    row.metrics.totalRequests += counts[at + 2] ?? 0;
    row.metrics.uniqueRequests += counts[at + 3] ?? 0;
  }

  /** By value, or most used first; what is not told is last. */
  inOrder(order: 'value' | 'use'): TotalRow[] {
    const byValue = (a: Row, b: Row): number => (String(a.value) < String(b.value) ? -1 : 1);
    const byUse = (a: Row, b: Row): number =>
      b.metrics.totalInvestigations - a.metrics.totalInvestigations ||
      b.metrics.totalRequests - a.metrics.totalRequests ||
      byValue(a, b);
    const compare = order === 'value' ? byValue : byUse;
    return [...this.#rows.values()]
      .sort((a, b) => Number(a.value === undefined) - Number(b.value === undefined) || compare(a, b))
      .map(({ value, metrics, nodes }) => ({ ...(value !== undefined && { value }), metrics, nodes }));
  }

  #rowOf(value: string | undefined): Row {
    const known = this.#rows.get(value);
    if (known !== undefined) return known;
    const metrics = { totalInvestigations: 0, uniqueInvestigations: 0, totalRequests: 0, uniqueRequests: 0 };
    const row: Row = { value, metrics, nodes: 0, lastNode: undefined };
    this.#rows.set(value, row);
    return row;
  }
}

function noteNode(row: Row, node: NodeId): void {
  if (row.lastNode === node) return;
  row.lastNode = node;
  row.nodes += 1;
}
