import { isTombstone } from '../../../vocab/record.ts';
import type { Why } from '../../analysis/duplicates/index.ts';
import type { HttpParts } from '../parts.ts';
import type { HeldItem, HeldItems } from '../records/held-items.ts';
import { MOST_PAIRS, ReviewQueue, type LinkedPair } from './review-queue.ts';

/** All pairs, those with another institution's record, or those within the own ones. */
export const PAIRS_SHOWN = ['all', 'across', 'within'] as const;
export type PairsShown = (typeof PAIRS_SHOWN)[number];

/** Two records that may be of one work, with what speaks for and against it. */
export interface PairToReview {
  items: readonly [HeldItem, HeldItem];
  why: Why;
}

export interface PageToReview {
  pairs: PairToReview[];
  /** How many wait, and whether there are more than are listed. */
  total: number;
  isCutOff: boolean;
  hasMore: boolean;
}

type Parts = Pick<HttpParts, 'catalogue' | 'clock' | 'duplicates' | 'index' | 'log' | 'statements'> & {
  items: HeldItems;
};

/** Pairs of an own record and another of which nobody has said yet whether they are of one work, a page at a time. */
export class PairsToReview {
  readonly #parts: Parts;
  readonly #queue: ReviewQueue;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#queue = new ReviewQueue({ ...parts, self: parts.catalogue.node });
  }

  /** @param asked.page from 1 */
  async page({
    which,
    page,
    size,
  }: {
    which: PairsShown;
    page: number;
    size: number;
  }): Promise<PageToReview> {
    const listed = await this.#queue.pairs();
    const open = listed.filter((pair) => isShown(pair, which) && !this.#isSettled(pair));
    return {
      pairs: await this.#toReview(open.slice((page - 1) * size, page * size)),
      total: open.length,
      isCutOff: listed.length === MOST_PAIRS,
      hasMore: open.length > page * size,
    };
  }

  #isSettled({ records: [one, other] }: LinkedPair): boolean {
    return this.#parts.statements.about(one, other) !== undefined;
  }

  /** Those of which both records still stand. */
  async #toReview(pairs: readonly LinkedPair[]): Promise<PairToReview[]> {
    const { items, duplicates } = this.#parts;
    const held = await items.of([...new Set(pairs.flatMap(({ records }) => records))]);
    const byKey = new Map(held.map((item) => [item.key, item]));
    const found = await Promise.all(
      pairs.map(async ({ records: [one, other] }): Promise<PairToReview | undefined> => {
        const [a, b, why] = [byKey.get(one), byKey.get(other), await duplicates.why(one, other)];
        if (a === undefined || b === undefined || why === undefined) return undefined;
        if (isTombstone(a.holding) || isTombstone(b.holding)) return undefined;
        return { items: [a, b], why };
      }),
    );
    return found.filter((pair) => pair !== undefined);
  }
}

function isShown({ isWithin }: LinkedPair, which: PairsShown): boolean {
  return which === 'all' || isWithin === (which === 'within');
}
