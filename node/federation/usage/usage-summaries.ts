import { createHash } from 'node:crypto';
import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';

/** What tells one summary of a month from another; the mark is 16 hex digits. */
export interface SummaryState {
  revision: number;
  mark: string;
}

/** The works of a month of a node, by the digest (hex) that its summary signs. */
export interface WorksName {
  node: NodeId;
  month: string;
  digest: string;
}

/** Works that are to be fetched, and how long they are. */
export interface WantedWorks extends WorksName {
  bytes: number;
}

/** The usage statistics' side of the exchange, as the usage part offers it. */
export interface UsageSummaries {
  /** For each node what is the same wherever the same summaries of it are held: 16 hex digits. */
  marks(): ReadonlyMap<NodeId, string>;
  /** What is held of a node, by month. */
  statesOf(node: NodeId): ReadonlyMap<string, SummaryState>;
  /** Of a node's summaries, encoded, those that whoever holds the others lacks. */
  lackingIn(node: NodeId, others: ReadonlyMap<string, SummaryState>): AsyncIterable<Uint8Array>;
  /** Throws a typed error for what is refused. */
  accept(summary: SignedSummary): Promise<'new' | 'known'>;
  /** Which works are to be fetched, the most wanted first. */
  wantedWorks(): readonly WantedWorks[];
  /** Pages of works from one on, or undefined where they are not held. */
  worksPages(name: WorksName, from: number, maxBytes: number): Promise<Uint8Array[] | undefined>;
  /** Throws UsageSummaryError for what is refused. @returns whether it is still wanted */
  acceptWorks(name: WorksName, pages: readonly Uint8Array[]): Promise<boolean>;
  /** Lets go of all that a node has told. */
  forget(node: NodeId): Promise<void>;
  onOwnSummary(listener: (summary: SignedSummary) => void): () => void;
}

/** The same where the same summaries are held: sha-256 of the nodes and their marks, by node, hex. */
export function digestOfMarks(marks: ReadonlyMap<NodeId, string>): string {
  const hash = createHash('sha256');
  for (const node of [...marks.keys()].sort()) hash.update(`${node} ${marks.get(node) ?? ''}\n`);
  return hash.digest('hex');
}
