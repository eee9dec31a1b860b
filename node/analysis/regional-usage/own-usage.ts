import type { Metrics } from '../../../protocols/counter/index.ts';

/** The node's own counts, as the regional usage needs them: the counting (`analysis/usage`) has them. */
export interface OwnUsage {
  /** The months with anything counted. */
  months(): Promise<readonly OwnMonth[]>;
  /** @returns with the use by the users' countries (ISO 3166-1 alpha-2, `ZZ` where it is not known) */
  month(month: string): Promise<(OwnMonth & { byCountry: ReadonlyMap<string, Metrics> }) | undefined>;
  /** The items that were used in a month. */
  monthItems(month: string): AsyncIterable<{ key: string; metrics: Metrics }>;
  /** The days with anything counted, ascending. @param range first and last day, both in it */
  days(range: { from: string; to: string }): AsyncIterable<{ day: string }>;
  /** Calls `listener` after counts of months became others. @returns what ends it */
  onChange(listener: (months: readonly string[]) => void): () => void;
}

export interface OwnMonth {
  month: string;
  /** Use by machines, which is not among the items'. */
  machine: Metrics;
  /** Days that may still change. */
  openDays: number;
  /** Goes up with each change of the month's counts. */
  version: number;
}

/** What a summary tells of an item. */
export interface ItemDescription {
  /** By which it is found at all nodes, at most three (`itemNames`). */
  names: readonly string[];
  title?: string;
  /** Last part of the COAR URI. */
  type?: string;
  /** ISO 639, in small letters. */
  language?: string;
}
