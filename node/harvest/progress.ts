/** `full`: all the source has, and what it has no longer. `incremental`: what changed since the last harvest. */
export type HarvestKind = 'full' | 'incremental';

/** What a harvest did. */
export interface HarvestCounts {
  pages: number;
  /** Records that were read, deleted ones among them. */
  records: number;
  created: number;
  updated: number;
  deleted: number;
  unchanged: number;
  /** Problems that were met. */
  issues: number;
}

export const noCounts: HarvestCounts = {
  pages: 0,
  records: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  issues: 0,
};

/** How a harvest of one source ended. Times are milliseconds since 1970. */
export interface HarvestSummary extends HarvestCounts {
  /** Name of the source. */
  source: string;
  kind: HarvestKind;
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
}

/** A harvest that is going on. Pages and records are those of the list, also where an earlier run read them. */
export interface HarvestProgress extends HarvestCounts {
  kind: HarvestKind;
  /** Records of the whole list, as the source says. */
  total?: number;
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
  nextRunAt?: number;
}
