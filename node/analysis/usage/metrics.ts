import type { Metrics } from '../../../protocols/counter/index.ts';

export type { Metrics };

/** One month of the node's own items. */
export interface OwnMonth {
  /** `YYYY-MM`, in UTC. */
  month: string;
  /** What people did. */
  metrics: Metrics;
  /** What machines did: those on the list of robots, and those that behave like one. */
  machine: Metrics;
  /** Uses from addresses of the institution itself, which are in neither. */
  internal: number;
  /** Days with anything counted. */
  days: number;
  /** Days of those that may still change, because events that come late are taken for them. */
  openDays: number;
  /** Goes up with each change of the month's counts. */
  version: number;
}

export interface OwnMonthDetail extends OwnMonth {
  /** What people did, by ISO 3166-1 code of the country; `ZZ` where it is not known. */
  byCountry: ReadonlyMap<string, Metrics>;
}

/** One day of the node's own items. */
export interface OwnDay {
  /** `YYYY-MM-DD`, in UTC. */
  day: string;
  metrics: Metrics;
  machine: Metrics;
  internal: number;
  isOpen: boolean;
  /** How often the day was given anew. */
  restated: number;
  /** The lists of robots by which its events were judged (name and version); another list may want it restated. */
  robots: readonly string[];
}

export interface ItemMetrics {
  /** Of the record. */
  key: string;
  metrics: Metrics;
}

export interface MonthMetrics {
  month: string;
  metrics: Metrics;
}

export interface ItemUsage {
  /** Of the record. */
  key: string;
  /** The months in which people used it, ascending. */
  months: MonthMetrics[];
}

/** First and last month (`YYYY-MM`), both in it. */
export interface MonthRange {
  from: string;
  to: string;
}

/** First and last day (`YYYY-MM-DD`), both in it. */
export interface DayRange {
  from: string;
  to: string;
}

/** What became of a batch of events. */
export interface Taken {
  /** Events that are in the ledger now, those of robots and of internal addresses among them. */
  taken: number;
  /** By the list; those that only behave like one show when the day is counted. */
  robots: number;
  internal: number;
  /** Events that were refused, by the code of the reason. */
  refused: ReadonlyMap<string, number>;
}

/** What became of days that were given anew. */
export interface Restated extends Taken {
  days: number;
  /** Months whose counts are others now. */
  months: readonly string[];
}
