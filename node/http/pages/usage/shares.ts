import type { Metrics } from '../../../analysis/usage/index.ts';
import type { UsageTable } from '../../../usage-tables.ts';
import type { MetricName, Period, UseOf } from '../../usage/index.ts';
import { barChart } from '../charts/index.ts';
import type { Html } from '../html.ts';
import type { View } from '../view.ts';
import { metricCells, metricHeadings, metricWord, tableAddress, valueNames } from './use-tables.ts';

/** Bars that are drawn; the table has some more, and the CSV all. */
const BARS = 10;
const ROWS = 50;

export interface Shares {
  id: string;
  title: string;
  note?: string | undefined;
  /** Of the column of values. */
  heading: string;
  rows: readonly { label: string; cell?: Html; metrics: Metrics }[];
  measure: MetricName;
  period: Period;
  table: UsageTable;
  /** The part of the page, where another has a chart of the same title. */
  within?: string;
  /** Whether the table is shown at once. */
  isTableShown?: boolean;
}

/** How use is spread: bars, and a table with all metrics. Nothing where nothing is told. */
export function sharesChart(
  view: View,
  { id, title, note, heading, rows, measure, period, table, within, isTableShown }: Shares,
): Html | undefined {
  if (rows.length === 0) return undefined;
  return barChart(view, {
    id,
    title,
    note,
    series: [{ name: metricWord(view, measure) }],
    categories: rows.slice(0, BARS).map(({ label, metrics }) => ({ label, values: [metrics[measure]] })),
    table: {
      ...(within !== undefined && { name: `${title}: ${within}` }),
      heading,
      columns: metricHeadings(view),
      rows: rows
        .slice(0, ROWS)
        .map(({ label, cell, metrics }) => ({ label: cell ?? label, cells: metricCells(metrics) })),
      csv: tableAddress(view, period, table),
      ...(isTableShown !== undefined && { isShown: isTableShown }),
    },
  });
}

/** The rows of types, languages or countries, under the names that they have in the page's language. */
export function namedRows(
  view: View,
  kind: 'type' | 'language' | 'country',
  rows: readonly UseOf[],
): { label: string; metrics: Metrics }[] {
  return rows.map((row) => ({ label: valueNames[kind](view, row), metrics: row.metrics }));
}
