import { LRUCache } from 'lru-cache';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';

const NODES_KEPT = 20_000;
/** Of fewer keys nothing can be said. */
const FEWEST_TESTED = 500;
/** An honest filter promises what it has not once in 256 times; a little more where records have gone since. */
const MOST_UNKEPT = 0.05;
const IGNORED_MS = 24 * 60 * 60 * 1_000;
const REMEMBERED = 10_000;

interface Standing {
  tested: number;
  unkept: number;
  ignoredUntil: number;
}

/**
 * How far the filters of other nodes keep what they promise. One that says yes to everything would have every question
 * sent to its node: where more than a twentieth of the keys were promised and not given, the node is left alone for a day.
 */
export class Promises {
  readonly #clock: Clock;
  readonly #standings = new LRUCache<NodeId, Standing>({ max: NODES_KEPT });

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  /**
   * @param tested keys that were held against the node's filter
   * @param unkept those of them that it promised, and for which the node gave nothing
   * @returns whether the node is ignored from now on
   */
  note(node: NodeId, tested: number, unkept: number): boolean {
    const before = this.#standings.get(node) ?? { tested: 0, unkept: 0, ignoredUntil: 0 };
    const share = before.tested > REMEMBERED ? 0.5 : 1;
    const standing = {
      tested: before.tested * share + tested,
      unkept: before.unkept * share + unkept,
      ignoredUntil: 0,
    };
    const isAbsurd = standing.tested >= FEWEST_TESTED && standing.unkept > standing.tested * MOST_UNKEPT;
    // After a day it begins anew.
    this.#standings.set(
      node,
      isAbsurd ? { tested: 0, unkept: 0, ignoredUntil: this.#clock.steady() + IGNORED_MS } : standing,
    );
    return isAbsurd;
  }

  isIgnored(node: NodeId): boolean {
    return (this.#standings.get(node)?.ignoredUntil ?? 0) > this.#clock.steady();
  }
}
