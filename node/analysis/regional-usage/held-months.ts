import { createHash } from 'node:crypto';
import type { Metrics } from '../../../protocols/counter/index.ts';
import type { CoveredDays, SignedSummary, UsageSummary } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { WorksHeld } from './layout.ts';
import { PackedShares, ShareValues } from './packed-shares.ts';

const MARK_LENGTH = 16;

/** What is kept in memory of a summary: all but its most used items. */
export interface HeldMonth {
  readonly node: NodeId;
  readonly month: string;
  readonly revision: number;
  readonly time: number;
  readonly isFinal: boolean;
  readonly days: CoveredDays;
  readonly total: Metrics;
  readonly machine: UsageSummary['machine'];
  readonly shares: PackedShares;
  /** `digest` in hex. */
  readonly works: { readonly count: number; readonly bytes: number; readonly digest: string };
  /** The same for the same summary only: 16 hex digits. */
  readonly mark: string;
  readonly worksHeld: WorksHeld | undefined;
}

/** The summaries that are held, in memory: by node, and of each by month. */
export class HeldMonths {
  readonly values = new ShareValues();
  readonly #nodes = new Map<NodeId, Map<string, HeldMonth>>();
  readonly #marks = new Map<NodeId, string>();
  #numbers = 0;

  /** How many numbers all shares take. */
  get numbers(): number {
    return this.#numbers;
  }

  get nodes(): number {
    return this.#nodes.size;
  }

  has(node: NodeId): boolean {
    return this.#nodes.has(node);
  }

  get(node: NodeId, month: string): HeldMonth | undefined {
    return this.#nodes.get(node)?.get(month);
  }

  /** By node, and of each by month. */
  all(): readonly (readonly HeldMonth[])[] {
    return [...this.#nodes.keys()].sort().map((node) => this.of(node));
  }

  /** Ascending by month. */
  of(node: NodeId): readonly HeldMonth[] {
    const months = this.#nodes.get(node);
    return months === undefined ? [] : [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  }

  set(summary: SignedSummary, worksHeld: WorksHeld | undefined): void {
    const { node, month, revision, time, isFinal, days, total, machine, works } = summary;
    this.#put({
      node,
      month,
      revision,
      time,
      isFinal,
      days,
      total,
      machine,
      shares: new PackedShares(summary, this.values),
      works: { count: works.count, bytes: works.bytes, digest: Buffer.from(works.digest).toString('hex') },
      mark: markOf(summary),
      worksHeld,
    });
  }

  setWorks(node: NodeId, month: string, worksHeld: WorksHeld): void {
    const held = this.get(node, month);
    if (held !== undefined) this.#put({ ...held, worksHeld });
  }

  delete(node: NodeId): void {
    for (const { shares } of this.#nodes.get(node)?.values() ?? []) this.#numbers -= shares.length;
    this.#nodes.delete(node);
    this.#marks.delete(node);
  }

  /** For each node what is the same wherever the same summaries of it are: 16 hex digits. */
  marks(): ReadonlyMap<NodeId, string> {
    for (const node of this.#nodes.keys())
      if (!this.#marks.has(node)) this.#marks.set(node, this.#markOf(node));
    return this.#marks;
  }

  #put(held: HeldMonth): void {
    const months = this.#nodes.get(held.node) ?? new Map<string, HeldMonth>();
    this.#numbers += held.shares.length - (months.get(held.month)?.shares.length ?? 0);
    months.set(held.month, held);
    this.#nodes.set(held.node, months);
    this.#marks.delete(held.node);
  }

  #markOf(node: NodeId): string {
    const hash = createHash('sha256');
    for (const { month, mark } of this.of(node)) hash.update(month).update(mark);
    return hash.digest('hex').slice(0, MARK_LENGTH);
  }
}

export function markOf({ signature }: SignedSummary): string {
  return createHash('sha256').update(signature).digest('hex').slice(0, MARK_LENGTH);
}
