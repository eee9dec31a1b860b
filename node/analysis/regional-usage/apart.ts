import type { NodeId } from '../../../vocab/record.ts';
import type { HeldMonth } from './held-months.ts';
import type { Decision } from './layout.ts';
import { Proportions } from './proportion.ts';
import type { Apart } from './totals-query.ts';

/** An accepted node may grow by so much before a person has to look at it again. */
const GROWTH_ACCEPTED = 2;

/** Judges which months are in no sum. What comes out depends on all that is held, not on what is asked for. */
export class SetApart {
  readonly #decisions: ReadonlyMap<NodeId, Decision>;
  readonly #proportions: Proportions;

  constructor(options: {
    held: readonly (readonly HeldMonth[])[];
    decisions: ReadonlyMap<NodeId, Decision>;
    /** How many records of a node are here. */
    recordsOf: (node: NodeId) => number;
  }) {
    this.#decisions = options.decisions;
    const judged = options.held.flat().filter(({ node }) => options.decisions.get(node)?.word !== 'refused');
    this.#proportions = new Proportions(judged, options.recordsOf);
  }

  /** Why a month is in no sum, or undefined where it is in them. */
  of(month: HeldMonth): Apart | undefined {
    const decision = this.#decisions.get(month.node);
    if (decision?.word === 'refused') return { why: 'refused' };
    if (decision !== undefined && month.total.totalInvestigations <= GROWTH_ACCEPTED * decision.upTo)
      return undefined;
    const furthest = this.#proportions.judge(month);
    return furthest === undefined ? undefined : { why: 'out of proportion', furthest };
  }
}
