import { LRUCache } from 'lru-cache';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { isComplete, type FeedState } from '../../catalogue/index.ts';

/** More than are ever connected. */
const NODES_KEPT = 2_000;

/** What one node has not been told yet, and how far it knows all once it was told. */
export interface News {
  heads: SignedHead[];
  upTo: number;
  /** Whether there is more than was asked for. */
  more: boolean;
}

/**
 * Which heads each other node has still to be told. The feeds that are whole here stand in the order in which they came
 * to be what they are, and a node's place in that order is all that is kept of it: with nothing new, nothing is told. A head
 * that was only signed anew is no news: it says that its node is alive, which gossip tells.
 */
export class HeadNews {
  readonly #states: () => readonly FeedState[];
  readonly #versions = new Map<NodeId, { seq: number; networks: string; version: number }>();
  readonly #told = new LRUCache<NodeId, number>({ max: NODES_KEPT });
  #version = 0;

  /** @param states of all feeds that are kept here */
  constructor(states: () => readonly FeedState[]) {
    this.#states = states;
  }

  /**
   * What `node` has not been told, oldest first, as far as `concerns` it.
   * @param limit of heads
   */
  for(node: NodeId, concerns: (head: SignedHead) => boolean, limit: number): News {
    const from = this.#told.get(node) ?? 0;
    const unheard = this.#whole().filter(({ version }) => version > from);
    unheard.sort((a, b) => a.version - b.version);
    const heads: SignedHead[] = [];
    let upTo = from;
    for (const { head, version } of unheard) {
      if (heads.length === limit) return { heads, upTo, more: true };
      upTo = version;
      if (concerns(head)) heads.push(head);
    }
    return { heads, upTo, more: false };
  }

  /** Notes that a node was told all up to there. */
  told(node: NodeId, { upTo }: News): void {
    this.#told.set(node, Math.max(upTo, this.#told.get(node) ?? 0));
  }

  /** The node is told everything again: it may have missed something, or other heads concern it now. */
  forget(node: NodeId): void {
    this.#told.delete(node);
  }

  #whole(): { head: SignedHead; version: number }[] {
    const states = this.#states();
    const whole = states.flatMap((state) => {
      const { head } = state;
      if (head === undefined || !isComplete(state)) return [];
      const networks = head.networks.join(' ');
      const known = this.#versions.get(head.node);
      if (known !== undefined && known.seq === head.seq && known.networks === networks)
        return [{ head, version: known.version }];
      this.#version += 1;
      this.#versions.set(head.node, { seq: head.seq, networks, version: this.#version });
      return [{ head, version: this.#version }];
    });
    if (this.#versions.size > states.length) this.#forgetFeedsBut(states);
    return whole;
  }

  #forgetFeedsBut(states: readonly FeedState[]): void {
    const kept = new Set(states.map(({ node }) => node));
    for (const node of this.#versions.keys()) if (!kept.has(node)) this.#versions.delete(node);
  }
}
