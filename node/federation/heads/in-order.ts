import type { Announcement } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';

/** So long an announcement waits for those before it, which came another way: on a bad line packets are sent again. */
export const PATIENCE_MS = 2_000;
/** Of one node; of more the newest alone is looked at, and what lies between is fetched. */
const MOST_WAITING = 16;

interface Waiting {
  announcement: Announcement;
  until: number;
}

/**
 * Takes each node's announcements in one after another, in feed order. Gossip brings them by many ways, and writing takes
 * time: without this, every one that overtakes another, or comes while it is written, would look like a gap to be fetched.
 */
export class InOrder {
  readonly #have: (node: NodeId) => number;
  readonly #take: (announcement: Announcement) => Promise<void>;
  readonly #clock: Clock;
  readonly #waiting = new Map<NodeId, Waiting[]>();
  readonly #wake = new Map<NodeId, AbortController>();
  readonly #running = new Map<NodeId, Promise<void>>();
  #isOver = false;

  constructor(options: {
    /** Up to which place the feed of a node is here. */
    have: (node: NodeId) => number;
    /** Takes one in; never rejects. */
    take: (announcement: Announcement) => Promise<void>;
    clock: Clock;
  }) {
    this.#have = options.have;
    this.#take = options.take;
    this.#clock = options.clock;
  }

  start(): void {
    this.#isOver = false;
  }

  /** Forgets what waits, and resolves when what was begun is taken in. */
  async stop(): Promise<void> {
    this.#isOver = true;
    for (const wake of this.#wake.values()) wake.abort();
    await Promise.all(this.#running.values());
  }

  put(announcement: Announcement): void {
    if (this.#isOver) return;
    const { node } = announcement.head;
    const one = { announcement, until: this.#clock.steady() + PATIENCE_MS };
    const others = this.#waiting.get(node);
    if (others === undefined) {
      this.#waiting.set(node, [one]);
      this.#running.set(node, this.#run(node));
      return;
    }
    others.push(one);
    others.sort((a, b) => a.announcement.head.seq - b.announcement.head.seq);
    if (others.length > MOST_WAITING) others.splice(0, others.length - 1);
    this.#wake.get(node)?.abort();
  }

  async #run(node: NodeId): Promise<void> {
    const waiting = this.#waiting.get(node) ?? [];
    for (let first = waiting[0]; first !== undefined && !this.#isOver; first = waiting[0]) {
      const pause = first.until - this.#clock.steady();
      const { after, changes } = first.announcement;
      if (changes.length > 0 && after > this.#have(node) && pause > 0) {
        const wake = new AbortController();
        this.#wake.set(node, wake);
        await this.#clock.sleep(pause, wake.signal).catch(() => undefined);
        this.#wake.delete(node);
        continue;
      }
      waiting.splice(waiting.indexOf(first), 1);
      await this.#take(first.announcement);
    }
    this.#waiting.delete(node);
    this.#running.delete(node);
  }
}
