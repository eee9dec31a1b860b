import type { SignedEntry } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Feeds } from '../catalogue/index.ts';

/** A stretch of a feed with no more entries than a document may list. */
export interface FeedPart {
  /** The entries behind this place in the feed, */
  after: number;
  /** up to this one; the last part has no end. */
  upTo?: number;
  /** Time of the first entry that it had, and of the first one of the next part; milliseconds since 1970. */
  from: number;
  until?: number;
}

/**
 * Cuts a feed into parts of at most `size` entries that count.
 *
 * Entries only ever come at the end and go from within, so a cut that was made stays right: only what is new is read.
 * When many entries have moved to the end, so that there are over twice as many parts as needed, it is cut anew.
 */
export class FeedParts {
  readonly #feeds: Feeds;
  readonly #node: NodeId;
  readonly #size: number;
  readonly #counts: (entry: SignedEntry) => boolean;
  /** Where each part begins. */
  #cuts: { after: number; time: number }[] = [];
  /** Entries that count in the last part, as far as the feed was read. */
  #inLast = 0;
  #readTo = 0;
  #reading: Promise<FeedPart[]> = Promise.resolve([]);

  constructor(options: {
    feeds: Feeds;
    node: NodeId;
    size: number;
    counts: (entry: SignedEntry) => boolean;
  }) {
    this.#feeds = options.feeds;
    this.#node = options.node;
    this.#size = options.size;
    this.#counts = options.counts;
  }

  /**
   * The parts as of now, in the order of the feed.
   * @param total how many entries count, in all
   */
  async list(total: number): Promise<FeedPart[]> {
    const read = this.#reading.catch(() => undefined).then(() => this.#list(total));
    this.#reading = read;
    return await read;
  }

  async #list(total: number): Promise<FeedPart[]> {
    await this.#read();
    if (this.#cuts.length > 2 * Math.ceil(total / this.#size) + 1) {
      this.#forget();
      await this.#read();
    }
    return this.#cuts.map(({ after, time }, i) => {
      const next = this.#cuts[i + 1];
      return next === undefined
        ? { after, from: time }
        : { after, upTo: next.after, from: time, until: next.time };
    });
  }

  async #read(): Promise<void> {
    for await (const entry of this.#feeds.entries(this.#node, this.#readTo)) {
      this.#readTo = entry.seq;
      if (!this.#counts(entry)) continue;
      const isFull = this.#inLast >= this.#size;
      if (this.#cuts.length === 0 || isFull) {
        const { time } = this.#cuts.at(-1) ?? entry;
        this.#cuts.push({ after: entry.seq - 1, time: Math.max(time, entry.time) });
        this.#inLast = 0;
      }
      this.#inLast += 1;
    }
  }

  #forget(): void {
    this.#cuts = [];
    this.#inLast = 0;
    this.#readTo = 0;
  }
}
