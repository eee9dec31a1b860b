import { html, type Html } from '../html.ts';
import type { View } from '../view.ts';
import type { ChartData } from './chart.ts';
import { chartFigure, chartPicture } from './figure.ts';
import { rounded } from './scale.ts';
import { shortened } from './shortened.ts';

/** Height of a bar with its label, in the reader's text size. */
const ROW = 2.75;
/** Parts of a row: where the bar begins, and how high it is. */
const BAR_FROM = 0.5;
const BAR_HEIGHT = 0.34;
const LEAST = 0.4;

/** Bars from the left, one a category with its label above: what is most used, types, languages, countries. */
export function barChart(view: View, data: ChartData): Html {
  const { categories, series } = data;
  const largest = Math.max(0, ...categories.map(({ values }) => values[0] ?? 0));
  // The longest bar is the whole width; a round end of the scale would mean nothing without lines.
  const widthOf = (value: number): number =>
    value > 0 ? Math.max(LEAST, rounded(Math.min(1, value / largest) * 100)) : 0;
  const row = 100 / Math.max(1, categories.length);
  const name = series[0]?.name ?? '';
  const bars = categories.map(({ label, values }, at) => {
    const value = values[0] ?? 0;
    const number = view.locale.number(value);
    return html`<text class="label" x="0%" y="${rounded(at * row)}%" dy="1.15em">${shortened(label)}</text>
      <text class="number" x="100%" y="${rounded(at * row)}%" dy="1.15em">${number}</text>
      <rect
        class="first"
        x="0%"
        y="${rounded((at + BAR_FROM) * row)}%"
        width="${widthOf(value)}%"
        height="${rounded(BAR_HEIGHT * row)}%"
        ><title>${view.t.use.charts.mark(label, name, number)}</title></rect
      >`;
  });
  const height = `${rounded(categories.length * ROW)}rem`;
  return chartFigure(view, data, chartPicture(view, data, { class: 'bars', height }, bars));
}
