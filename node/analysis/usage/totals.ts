import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { sum, type Counts, type Decision } from './layout.ts';
import { Proportions, type OutOfProportion } from './proportion.ts';

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

/** What a node has told that is not in the sums: months out of all proportion, or everything, as the operator said. */
export interface ApartTotal extends NodeTotal {
  why: 'out of proportion' | 'refused';
  /** Of the month that is furthest out, where the operator has not decided. */
  furthest?: OutOfProportion;
}

/**
 * The usage of a network: the sum over the summaries held, one a node and month. Sums have gaps where summaries lack.
 * `apart` is in none of the others.
 */
export interface UsageTotals extends Counts {
  months: MonthTotal[];
  nodes: NodeTotal[];
  apart: Counts & { nodes: ApartTotal[] };
  coverage: {
    nodes: number;
    summaries: number;
    /** First and last month of which any node has told; absent where none has. */
    from?: string;
    to?: string;
  };
}

/** An accepted node may grow by so much before a person has to look at it again. */
const GROWTH_ACCEPTED = 2;

/**
 * Adds up summaries, of which there is one a node and month. What is out of all proportion is kept apart, until the operator
 * has decided.
 */
export function totalsOf(
  summaries: readonly SignedSummary[],
  by: { recordsOf: (node: NodeId) => number; decisions: ReadonlyMap<NodeId, Decision> },
): UsageTotals {
  const decisionOf = (node: NodeId): Decision | undefined => by.decisions.get(node);
  const notRefused = summaries.filter(({ node }) => decisionOf(node)?.word !== 'refused');
  const proportions = new Proportions(notRefused, by.recordsOf);
  const months = new Map<string, MonthTotal>();
  const nodes = new Map<NodeId, NodeTotal>();
  const apart = new Map<NodeId, ApartTotal>();
  for (const summary of summaries) {
    const { node, month, investigations, requests } = summary;
    const decision = decisionOf(node);
    const counts = { investigations, requests };
    if (decision?.word === 'refused') {
      apart.set(node, { ...withMonth(apart.get(node), summary), why: 'refused' });
      continue;
    }
    const isSeen = decision !== undefined && investigations <= GROWTH_ACCEPTED * decision.upTo;
    const out = isSeen ? undefined : proportions.judge(summary);
    if (out !== undefined) {
      const before = apart.get(node);
      const furthest =
        before?.furthest !== undefined && before.furthest.perRecord >= out.perRecord ? before.furthest : out;
      apart.set(node, { ...withMonth(before, summary), why: 'out of proportion', furthest });
      continue;
    }
    const ofMonth = months.get(month) ?? { month, nodes: 0, investigations: 0, requests: 0 };
    months.set(month, { month, nodes: ofMonth.nodes + 1, ...sum(ofMonth, counts) });
    nodes.set(node, withMonth(nodes.get(node), summary));
  }
  const inOrder = [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  const [first, last] = [inOrder.at(0)?.month, inOrder.at(-1)?.month];
  return {
    ...total([...nodes.values()]),
    months: inOrder,
    nodes: [...nodes.values()],
    apart: { ...total([...apart.values()]), nodes: [...apart.values()] },
    coverage: {
      nodes: nodes.size,
      summaries: inOrder.reduce((all, month) => all + month.nodes, 0),
      ...(first === undefined || last === undefined ? {} : { from: first, to: last }),
    },
  };
}

function withMonth(before: NodeTotal | undefined, summary: SignedSummary): NodeTotal {
  const { node, month, revision, time, investigations, requests } = summary;
  const counts = { investigations, requests };
  const total = before ?? { node, months: [], investigations: 0, requests: 0 };
  total.months.push({ month, revision, time, ...counts });
  return { node, months: total.months, ...sum(total, counts) };
}

function total(counts: readonly Counts[]): Counts {
  return counts.reduce<Counts>(sum, { investigations: 0, requests: 0 });
}
