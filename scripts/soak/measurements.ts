import { readdir } from 'node:fs/promises';
import type { SoakNode } from './soak-node.ts';

const MB = 1024 * 1024;
const EVERY_MS = 2_000;

interface Footprint {
  heapMb: number;
  handles: number;
  files: number;
}

interface Sample extends Footprint {
  /** Milliseconds since the process was first measured. */
  at: number;
}

/** Heap and handles of one node over the time. A restart begins anew. */
export class Measurements {
  readonly #node: SoakNode;
  readonly #timer: NodeJS.Timeout;
  readonly #begun = performance.now();
  #starts = 0;
  #samples: Sample[] = [];

  constructor(node: SoakNode) {
    this.#node = node;
    this.#timer = setInterval(() => void this.#measure().catch(() => undefined), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #measure(): Promise<void> {
    const node = this.#node;
    if (node.isDown) return;
    if (node.starts !== this.#starts) {
      this.#samples = [];
      this.#starts = node.starts;
    }
    const [heap, handles, files] = await Promise.all([
      node.figure('nodejs_heap_size_used_bytes'),
      node.figure('nodejs_active_handles_total'),
      readdir(`/proc/${node.pid}/fd`).then(({ length }) => length),
    ]);
    this.#samples.push({ at: performance.now() - this.#begun, heapMb: heap / MB, handles, files });
  }

  /**
   * The least heap, and the most handles and open files, in the second and in the last quarter of the life of the process:
   * between collections a heap goes up and down, but what it comes down to must not grow.
   */
  quarters(): (Record<'early' | 'late', Footprint> & { minutes: number }) | undefined {
    const samples = this.#samples;
    const quarter = Math.floor(samples.length / 4);
    if (quarter < 3) return undefined;
    const of = (some: readonly Sample[]): Footprint => ({
      heapMb: Math.min(...some.map(({ heapMb }) => heapMb)),
      handles: Math.max(...some.map(({ handles }) => handles)),
      files: Math.max(...some.map(({ files }) => files)),
    });
    const minutes = ((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)) / 60_000;
    return { early: of(samples.slice(quarter, 2 * quarter)), late: of(samples.slice(-quarter)), minutes };
  }
}
