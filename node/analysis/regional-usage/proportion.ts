import type { Metrics } from '../../../protocols/counter/index.ts';
import type { NodeId } from '../../../vocab/record.ts';

/** What of a month is held against what is usual. */
type Measure = 'totalInvestigations' | 'totalRequests';

interface TotalOfMonth {
  node: NodeId;
  total: Metrics;
}

/** How far a month is out of proportion: uses for each record, and what is usual in the network where that is known. */
export interface OutOfProportion {
  measure: Measure;
  perRecord: number;
  usual?: number;
}

/** A month with fewer is never set apart: it would change no sum. */
const SMALLEST = 10_000;
/** With fewer nodes nobody can say what is usual. */
const NODES_NEEDED = 5;
/** A collection may be as many times better used than the middle one, and lie as many (robust) deviations above it. */
const TIMES = 30;
const DEVIATIONS = 6;
/** Above it no comparison is needed: no collection is opened so often, record for record, in one month. */
const MOST_PER_RECORD = 10_000;
/** Of a collection of a few records one may be famous. */
const RECORDS_ADDED = 100;
/** From the median absolute deviation to the standard deviation, of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;

/**
 * Judges months of usage against the records that their nodes have, and against the other nodes. Each node has one vote on
 * what is usual, the median of its months, however many months it tells; the network's level is the median of the votes,
 * and its spread their median absolute deviation, both of logarithms, so that one liar cannot move them. What comes out depends on
 * the summaries and the records only, not on any order.
 */
export class Proportions {
  readonly #recordsOf: (node: NodeId) => number;
  readonly #levels: Readonly<Record<Measure, Level | undefined>>;

  /** @param recordsOf how many records of a node are here */
  constructor(summaries: readonly TotalOfMonth[], recordsOf: (node: NodeId) => number) {
    this.#recordsOf = recordsOf;
    this.#levels = {
      totalInvestigations: this.#levelOf(summaries, 'totalInvestigations'),
      totalRequests: this.#levelOf(summaries, 'totalRequests'),
    };
  }

  /** How a month is out of all proportion, or undefined where it is not. */
  judge(summary: TotalOfMonth): OutOfProportion | undefined {
    return this.#judgeBy('totalInvestigations', summary) ?? this.#judgeBy('totalRequests', summary);
  }

  #judgeBy(measure: Measure, summary: TotalOfMonth): OutOfProportion | undefined {
    if (summary.total[measure] < SMALLEST) return undefined;
    const perRecord = this.#perRecord(measure, summary);
    const level = this.#levels[measure];
    if (perRecord <= MOST_PER_RECORD && (level === undefined || Math.log(perRecord) <= level.limit))
      return undefined;
    return { measure, perRecord, ...(level !== undefined && { usual: Math.exp(level.middle) }) };
  }

  #perRecord(measure: Measure, summary: TotalOfMonth): number {
    return summary.total[measure] / (this.#recordsOf(summary.node) + RECORDS_ADDED);
  }

  #levelOf(summaries: readonly TotalOfMonth[], measure: Measure): Level | undefined {
    const months = new Map<NodeId, number[]>();
    for (const summary of summaries) {
      if (summary.total[measure] === 0) continue;
      const level = Math.log(this.#perRecord(measure, summary));
      const known = months.get(summary.node);
      if (known === undefined) months.set(summary.node, [level]);
      else known.push(level);
    }
    if (months.size < NODES_NEEDED) return undefined;
    const votes = [...months.values()].map(median);
    const middle = median(votes);
    const deviation = MAD_TO_DEVIATION * median(votes.map((vote) => Math.abs(vote - middle)));
    return { middle, limit: middle + Math.max(Math.log(TIMES), DEVIATIONS * deviation) };
  }
}

/** Of logarithms of uses for each record. */
interface Level {
  middle: number;
  limit: number;
}

function median(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b);
  const half = inOrder.length >> 1;
  const upper = inOrder[half] ?? 0;
  return inOrder.length % 2 === 1 ? upper : ((inOrder[half - 1] ?? 0) + upper) / 2;
}
