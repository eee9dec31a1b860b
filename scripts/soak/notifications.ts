import { randomUUID } from 'node:crypto';
import { announcedReview } from '../announced-review.ts';
import type { SoakNode } from './soak-node.ts';

const PAUSE_MS = 2_000;
const AT_ONCE = 20;

/** A review service that announces reviews to one node all the time, and keeps which of them the node has acknowledged. */
export class Notifications {
  readonly #node: SoakNode;
  readonly #paths: string[] = [];
  #isOver = false;
  #running: Promise<void> | undefined;

  constructor(node: SoakNode) {
    this.#node = node;
  }

  get acknowledged(): number {
    return this.#paths.length;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  /** Those that were acknowledged and are not there. */
  async lost(): Promise<string[]> {
    const lost: string[] = [];
    for (let from = 0; from < this.#paths.length; from += AT_ONCE) {
      const some = this.#paths.slice(from, from + AT_ONCE).map(async (path) => {
        const response = await this.#node.get(path).catch(() => undefined);
        await response?.arrayBuffer();
        if (response?.status === 200) return [];
        return [`${path} of ${this.#node.name}: ${response?.status ?? 'no answer'}`];
      });
      lost.push(...(await Promise.all(some)).flat());
    }
    return lost;
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      // Without an answer, or with another one, nothing was promised: it was down, or its disk full.
      if (!this.#node.isDown) await this.#post().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async #post(): Promise<void> {
    const response = await this.#node.post('/inbox', 'application/ld+json', announcedReview(randomUUID()));
    await response.arrayBuffer();
    const location = response.headers.get('location');
    if (response.status === 201 && location !== null)
      this.#paths.push(new URL(location, this.#node.url).pathname);
  }
}
