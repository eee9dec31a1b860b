import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';

/** Clocks that are right differ by seconds, and a message is minutes on its way at the most. */
const TOLERATED_MS = 10 * 60_000;
const NODES_KEPT = 10_000;
/** Of so many nodes, and more than half of those heard, it is more likely this one whose clock is wrong. */
const ENOUGH_TO_DOUBT = 3;

/**
 * Whose clock differs from this node's, as far as heads tell: a node signs its head when it announces it, every few minutes
 * at least. What such a node announces is not believed to be new, so that its changes come later, by the exchange of heads.
 * It is nobody's fault but has to be mended, so operators are told, of their own clock too.
 */
export class Clocks {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #ahead = new LRUCache<NodeId, number>({ max: NODES_KEPT });
  #ownAheadSeconds: number | undefined;

  constructor({ clock, log }: { clock: Clock; log: Logger }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** How far a node's clock is ahead of ours, in milliseconds (behind: negative), where that is more than some minutes. */
  ahead(node: NodeId): number | undefined {
    const ahead = this.#ahead.get(node);
    return ahead === undefined || isTolerated(ahead) ? undefined : ahead;
  }

  /** How far our clock seems to be ahead of those of most other nodes (behind: negative); undefined where it seems right. */
  get ownAheadSeconds(): number | undefined {
    return this.#ownAheadSeconds;
  }

  isOfNow({ time }: SignedHead): boolean {
    return isTolerated(time - this.#clock.now());
  }

  /**
   * Notes when a head was signed that has just been announced by its own node, and is news.
   * @returns whether it is of now, as our clock says
   */
  note({ node, name, time }: SignedHead): boolean {
    const ahead = time - this.#clock.now();
    const wasKnown = this.ahead(node) !== undefined;
    this.#ahead.set(node, ahead);
    if (!isTolerated(ahead) && !wasKnown) {
      this.#log.warn(
        { code: 'CLOCK_DIFFERS', node, name, aheadSeconds: Math.round(ahead / 1_000) },
        'The clock of another node differs from the one of this machine: its changes come here with a delay. Tell its operator, if the clock of this machine is right.',
      );
    }
    // One more that agrees ends a doubt at the most.
    if (!isTolerated(ahead) || this.#ownAheadSeconds !== undefined) this.#doubtItself();
    return isTolerated(ahead);
  }

  #doubtItself(): void {
    const all = [...this.#ahead.values()];
    const differing = all.filter((ahead) => !isTolerated(ahead));
    const doubts = differing.length >= ENOUGH_TO_DOUBT && 2 * differing.length > all.length;
    const middle = differing.sort((a, b) => a - b)[differing.length >> 1] ?? 0;
    const aheadSeconds = -Math.round(middle / 1_000);
    if (doubts && this.#ownAheadSeconds === undefined) {
      this.#log.error(
        {
          code: 'CLOCK_WRONG',
          nodes: all.length,
          differing: differing.length,
          aheadSeconds,
        },
        'The clock of this machine differs from those of most other nodes: it is probably wrong. Set it, by NTP best: changes come and go with a delay meanwhile.',
      );
    }
    this.#ownAheadSeconds = doubts ? aheadSeconds : undefined;
  }
}

function isTolerated(ahead: number): boolean {
  return Math.abs(ahead) <= TOLERATED_MS;
}
