import type { NodeId } from '../../../vocab/record.ts';
import type {
  RegionalUsage,
  TotalsQuery,
  UsageTotals,
  WorkTotals,
} from '../../analysis/regional-usage/index.ts';
import type { MonthRange, Usage } from '../../analysis/usage/index.ts';

/** What pages and documents need of the node's own counts. */
export type OwnUse = Pick<Usage, 'months' | 'month' | 'top' | 'items' | 'item' | 'days' | 'refusals'>;

/** What they need of the sums of a region. */
export interface RegionalUse {
  totals(query: TotalsQuery): Promise<UsageTotals>;
  /** @param names of the work's records (`workNames`) */
  work(names: readonly string[], range: Partial<MonthRange>): Promise<WorkTotals>;
  /** @throws NgrError `USAGE_NODE_UNKNOWN` for a node that has told nothing */
  decide(node: NodeId, word: 'accepted' | 'refused'): Promise<void>;
}

/** What the nodes of the region have told of their usage, as they told it. */
export type ToldUsage = Pick<RegionalUsage, 'summaries' | 'summary' | 'works' | 'coverage'>;
