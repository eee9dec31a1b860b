/**
 * `full`: all the source has, and what it has no longer. `incremental`: what changed since the last harvest. `set`: all
 * of one set, beside the others.
 */
export type HarvestKind = 'full' | 'incremental' | 'set';

/** What a harvest did. */
export interface HarvestCounts {
  pages: number;
  /**
   * Records that were read, deleted ones among them. With those that vanished they are as many as the others below
   * together.
   */
  records: number;
  created: number;
  updated: number;
  /** Deleted here: those that the source says are deleted, and those that vanished. */
  deleted: number;
  /** Of these, those that the source has no longer, without a word. */
  vanished: number;
  unchanged: number;
  /** Deleted in the source, and not here either. */
  absent: number;
  /** Read, and left withdrawn. */
  withdrawn: number;
  /** Read, and of no use: an issue tells why. */
  refused: number;
  /** Left as another source has them. */
  elsewhere: number;
  /** Further descriptions of a record in one page: the last one counts. */
  repeated: number;
  /** Problems that were met. */
  issues: number;
}

export const noCounts: HarvestCounts = {
  pages: 0,
  records: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  vanished: 0,
  unchanged: 0,
  absent: 0,
  withdrawn: 0,
  refused: 0,
  elsewhere: 0,
  repeated: 0,
  issues: 0,
};

/** How a harvest of one source ended. Times are milliseconds since 1970. */
export interface HarvestSummary extends HarvestCounts {
  /** Name of the source. */
  source: string;
  kind: HarvestKind;
  /** Of a harvest of one set: which. */
  set?: string;
  /** `stopped`: the node was stopped. Both this and `failed` leave a place at which the next harvest goes on. */
  outcome: 'complete' | 'failed' | 'stopped';
  startedAt: number;
  endedAt: number;
  error?: HarvestFailure;
}

export interface HarvestFailure {
  code: string;
  message: string;
  remedy?: string;
  /** How long the source asks to be left alone. */
  retryAfterMs?: number;
}

/** A harvest that is going on. Pages and records are those of the list, also where an earlier run read them. */
export interface HarvestProgress extends HarvestCounts {
  kind: HarvestKind;
  set?: string;
  /** Records of the whole list, as the source says. */
  total?: number;
  /** How much of the list has been read, from 0 to 1, where that can be told. */
  share?: number;
  /** How long the rest will take at the pace so far. */
  leftMs?: number;
  ratePerSecond: number;
  startedAt: number;
}

export interface SourceState {
  name: string;
  type: string;
  url: string;
  running: boolean;
  progress?: HarvestProgress;
  lastRun?: HarvestSummary;
  /** When the latest harvest ended that came to its end; milliseconds since 1970. */
  completeAt?: number;
  /** When the first of the harvests ended that have failed since. */
  failingSince?: number;
  nextRunAt?: number;
}

/** How fast a list is read, by the share of it that was read since it was first looked at. */
export class Pace {
  #first: { share: number; at: number } | undefined;
  #latest: { share: number; at: number } | undefined;

  reached(share: number, now: number): void {
    this.#latest = { share, at: now };
    this.#first ??= this.#latest;
  }

  /** Milliseconds for the rest; undefined as long as nothing can be said. */
  get left(): number | undefined {
    const [first, latest] = [this.#first, this.#latest];
    if (first === undefined || latest === undefined || latest.share <= first.share) return undefined;
    return Math.round(((1 - latest.share) * (latest.at - first.at)) / (latest.share - first.share));
  }
}
