import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { sum, type Counts } from './layout.ts';

export interface MonthTotal extends Counts {
  month: string;
  /** How many nodes have told of the month. */
  nodes: number;
}

export interface NodeTotal extends Counts {
  node: NodeId;
  /** What the node's sum is made of, in order: which months, in which revision, stated when. */
  months: ({ month: string; revision: number; time: number } & Counts)[];
}

/** The usage of a network: the sum over the summaries held, one a node and month. Sums have gaps where summaries lack. */
export interface UsageTotals extends Counts {
  months: MonthTotal[];
  nodes: NodeTotal[];
  coverage: {
    nodes: number;
    summaries: number;
    /** First and last month of which any node has told; absent where none has. */
    from?: string;
    to?: string;
  };
}

/** Adds up summaries, of which there is one a node and month. */
export async function totalsOf(summaries: AsyncIterable<SignedSummary>): Promise<UsageTotals> {
  const months = new Map<string, MonthTotal>();
  const nodes = new Map<NodeId, NodeTotal>();
  let network: Counts = { investigations: 0, requests: 0 };
  let count = 0;
  for await (const { node, month, revision, time, investigations, requests } of summaries) {
    const counts = { investigations, requests };
    count++;
    network = sum(network, counts);
    const ofMonth = months.get(month) ?? { month, nodes: 0, investigations: 0, requests: 0 };
    months.set(month, { month, nodes: ofMonth.nodes + 1, ...sum(ofMonth, counts) });
    const ofNode = nodes.get(node) ?? { node, months: [], investigations: 0, requests: 0 };
    ofNode.months.push({ month, revision, time, ...counts });
    nodes.set(node, { ...ofNode, ...sum(ofNode, counts) });
  }
  const inOrder = [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  const [first, last] = [inOrder.at(0)?.month, inOrder.at(-1)?.month];
  return {
    ...network,
    months: inOrder,
    nodes: [...nodes.values()],
    coverage: {
      nodes: nodes.size,
      summaries: count,
      ...(first === undefined || last === undefined ? {} : { from: first, to: last }),
    },
  };
}
