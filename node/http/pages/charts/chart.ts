import type { Html } from '../html.ts';

/** One of the things that a chart compares, such as views or downloads. Two at most can be told apart without colour. */
export interface Series {
  name: string;
  /** What it is called in the table, where that is longer: with COUNTER's word. */
  heading?: string;
}

/** A place along a chart, with a value of each series; undefined where nothing is known. */
export interface Category {
  /** In full, for the table and for who points at it. */
  label: string;
  /** What the table shows in its place: a link. */
  cell?: Html;
  values: readonly (number | undefined)[];
  /** Counts that can still change. */
  isOpen?: boolean;
  /** What stands below it on the axis, line by line; not there where there is no room for each. */
  tick?: readonly string[];
  /** Whether the tick is shown on a narrow screen, too. */
  isMainTick?: boolean;
}

/** What a chart shows, whatever its form. */
export interface ChartData {
  /** Of the page alone. */
  id: string;
  title: string;
  /** A sentence or two below the title. */
  note?: string | undefined;
  series: readonly Series[];
  categories: readonly Category[];
  /** Values that do not add up: shares, proportions. */
  isRatio?: boolean;
  table: ChartTable;
}

/** The same as numbers. It may tell more than the chart. */
export interface ChartTable {
  /** Of the page alone; without one, the chart's title is. */
  name?: string;
  /** Of the column with the labels. */
  heading: string;
  columns: readonly string[];
  rows: readonly ChartRow[];
  /** Where it can be had as CSV. */
  csv?: string;
  /** Whether it is shown at once, and not behind a line to open. */
  isShown?: boolean;
}

export interface ChartRow {
  label: string | Html;
  cells: readonly (number | string | undefined)[];
  isSum?: boolean;
}
